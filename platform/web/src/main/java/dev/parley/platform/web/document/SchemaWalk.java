package dev.parley.platform.web.document;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/** Collects the names of the schemas that contents lead to. */
final class SchemaWalk {
    private static final String PREFIX = "#/components/schemas/";

    private final OpenAPI document;
    private final Set<String> found = new LinkedHashSet<>();

    SchemaWalk(OpenAPI document) {
        this.document = document;
    }

    Set<String> found() {
        return found;
    }

    void visit(@Nullable Content content) {
        if (content != null) {
            content.getMediaTypes().values().forEach(media -> visit(media.getSchema()));
        }
    }

    private void visit(@Nullable Schema schema) {
        if (schema == null) {
            return;
        }
        String reference = schema.getRef();
        if (reference != null && reference.startsWith(PREFIX)) {
            String name = reference.substring(PREFIX.length());
            if (found.add(name)) {
                visit(document.getComponents().getSchemas().get(name));
            }
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(this::visit);
        }
        visit(schema.getItems());
        visit(schema.getAdditionalPropertiesSchema());
        visitAll(schema.getOneOf());
        visitAll(schema.getAnyOf());
        visitAll(schema.getAllOf());
    }

    private void visitAll(@Nullable Collection<Schema> schemas) {
        if (schemas != null) {
            schemas.forEach(this::visit);
        }
    }
}
