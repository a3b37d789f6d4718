package dev.parley.platform.web.document;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.RecordComponentInfo;

/**
 * A record's members as JSON has them.
 *
 * @param nullable those that may be null
 * @param omitted those that are left out when they are
 */
record RecordMembers(Set<String> names, Set<String> nullable, Set<String> omitted) {
    private static final DotName NULLABLE =
            DotName.createSimple("org.jspecify.annotations.Nullable");
    private static final DotName PROPERTY =
            DotName.createSimple("com.fasterxml.jackson.annotation.JsonProperty");
    private static final DotName INCLUDE =
            DotName.createSimple("com.fasterxml.jackson.annotation.JsonInclude");
    private static final DotName SCHEMA =
            DotName.createSimple("org.eclipse.microprofile.openapi.annotations.media.Schema");

    static RecordMembers of(ClassInfo type) {
        Set<String> names = new LinkedHashSet<>();
        Set<String> nullable = new LinkedHashSet<>();
        Set<String> omitted = new LinkedHashSet<>();
        boolean allOmitted = omitsNull(type.declaredAnnotation(INCLUDE));
        for (RecordComponentInfo component : type.recordComponents()) {
            FieldInfo field = type.field(component.name());
            String name = nameOf(component, field);
            names.add(name);
            if (component.type().hasAnnotation(NULLABLE)) {
                nullable.add(name);
                if (allOmitted || omitsNull(field.annotation(INCLUDE))) {
                    omitted.add(name);
                }
            }
        }
        return new RecordMembers(names, nullable, omitted);
    }

    /** How the schema of a record is called. */
    static String schemaName(ClassInfo type) {
        AnnotationInstance schema = type.declaredAnnotation(SCHEMA);
        AnnotationValue name = schema == null ? null : schema.value("name");
        return name == null ? type.simpleName() : name.asString();
    }

    private static String nameOf(RecordComponentInfo component, FieldInfo field) {
        AnnotationInstance property = field.annotation(PROPERTY);
        return property != null && property.value() != null
                ? property.value().asString()
                : component
                        .name()
                        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .toLowerCase(Locale.ROOT);
    }

    private static boolean omitsNull(
            @org.jspecify.annotations.Nullable AnnotationInstance include) {
        return include != null
                && include.value() != null
                && include.value().asEnum().equals("NON_NULL");
    }
}
