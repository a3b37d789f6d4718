package dev.parley.platform.web.document;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/**
 * Reads off the records which members are always there and which may be null, and leaves out the
 * schemas that no operation uses.
 *
 * <p>Of an answer every member is required but those that are left out when null. Of a request
 * those that are not nullable are.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = RecordSchemas.PRIORITY)
public class RecordSchemas implements OASFilter {
    /** Last. */
    public static final int PRIORITY = 10;

    private final List<ClassInfo> records;

    public RecordSchemas(IndexView index) {
        this.records = index.getKnownClasses().stream().filter(ClassInfo::isRecord).toList();
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        UsedSchemas used = UsedSchemas.of(document);
        Map<String, Schema> kept = new LinkedHashMap<>();
        schemas.forEach(
                (name, schema) -> {
                    if (used.sent().contains(name) || used.received().contains(name)) {
                        describe(name, schema, used.sent().contains(name));
                        kept.put(name, schema);
                    }
                });
        document.getComponents().setSchemas(kept);
    }

    private void describe(String name, Schema schema, boolean sent) {
        Map<String, Schema> properties = schema.getProperties();
        if (properties == null) {
            return;
        }
        List<RecordMembers> candidates =
                records.stream()
                        .filter(type -> fits(name, type))
                        .map(RecordMembers::of)
                        .filter(members -> members.names().equals(properties.keySet()))
                        .distinct()
                        .toList();
        if (candidates.size() > 1) {
            throw new IllegalStateException("several records could be the schema " + name);
        }
        Optional<RecordMembers> members = candidates.stream().findFirst();
        if (members.isPresent()) {
            describe(schema, members.get(), sent);
        }
    }

    /** A schema has its record's simple name, or begins with it when that has type parameters. */
    private static boolean fits(String name, ClassInfo type) {
        String simple = RecordMembers.schemaName(type);
        return name.equals(simple)
                || (name.startsWith(simple)
                        && (!type.typeParameters().isEmpty()
                                || name.substring(simple.length()).matches("\\d+")));
    }

    private static void describe(Schema schema, RecordMembers members, boolean sent) {
        List<String> declared = schema.getRequired() == null ? List.of() : schema.getRequired();
        List<String> required = new ArrayList<>();
        for (String name : members.names()) {
            boolean present =
                    declared.contains(name)
                            || (sent
                                    ? !members.omitted().contains(name)
                                    : !members.nullable().contains(name));
            if (present) {
                required.add(name);
            }
            boolean mayBeNull =
                    sent
                            ? members.nullable().contains(name) && !members.omitted().contains(name)
                            : members.nullable().contains(name) && !declared.contains(name);
            if (mayBeNull) {
                schema.addProperty(name, orNull(schema.getProperties().get(name)));
            }
        }
        schema.setRequired(required.isEmpty() ? null : required);
    }

    private static Schema orNull(@Nullable Schema schema) {
        if (schema == null) {
            throw new IllegalStateException("a member without a schema");
        }
        if (schema.getType() != null) {
            if (!schema.getType().contains(SchemaType.NULL)) {
                schema.addType(SchemaType.NULL);
                if (schema.getEnumeration() != null) {
                    List<Object> values = new ArrayList<>(schema.getEnumeration());
                    values.add(null);
                    schema.setEnumeration(values);
                }
            }
            return schema;
        }
        if (schema.getRef() == null) {
            return schema;
        }
        return OASFactory.createSchema()
                .anyOf(List.of(schema, OASFactory.createSchema().addType(SchemaType.NULL)));
    }

    /** Which schemas answers and requests lead to. */
    private record UsedSchemas(Set<String> sent, Set<String> received) {
        static UsedSchemas of(OpenAPI document) {
            SchemaWalk sent = new SchemaWalk(document);
            SchemaWalk received = new SchemaWalk(document);
            document.getPaths().getPathItems().values().stream()
                    .flatMap(path -> path.getOperations().values().stream())
                    .forEach(
                            operation -> {
                                if (operation.getRequestBody() != null) {
                                    received.visit(operation.getRequestBody().getContent());
                                }
                                operation
                                        .getResponses()
                                        .getAPIResponses()
                                        .values()
                                        .forEach(answer -> sent.visit(answer.getContent()));
                            });
            return new UsedSchemas(sent.found(), received.found());
        }
    }
}
