package dev.parley.platform.security;

import dev.parley.platform.web.document.CommonAnswers;
import dev.parley.platform.web.document.ProblemAnswers;
import dev.parley.platform.web.document.ResourceMethods;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/**
 * Writes into a service's document what each endpoint's annotation asks of its caller, and leaves
 * internal endpoints out. Runs while the service is built.
 */
@OpenApiFilter(
        stages = OpenApiFilter.RunStage.BUILD,
        priority = CommonAnswers.PRIORITY + AccessDocument.EARLIER)
public class AccessDocument implements OASFilter {
    static final int EARLIER = 10;

    private static final String BEARER = "bearer";

    private final ResourceMethods methods;

    public AccessDocument(IndexView index) {
        this.methods = new ResourceMethods(index);
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        for (Map.Entry<String, PathItem> path :
                Map.copyOf(document.getPaths().getPathItems()).entrySet()) {
            for (Map.Entry<PathItem.HttpMethod, Operation> each :
                    Map.copyOf(path.getValue().getOperations()).entrySet()) {
                Optional<MethodInfo> method = methods.of(each.getKey(), path.getKey());
                if (method.isPresent() && isInternal(method.get())) {
                    path.getValue().setOperation(each.getKey(), null);
                } else if (method.isPresent()) {
                    annotation(method.get(), Access.class)
                            .ifPresent(access -> describe(each.getValue(), access));
                }
            }
            if (path.getValue().getOperations().isEmpty()) {
                document.getPaths().removePathItem(path.getKey());
            }
        }
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        document.getComponents()
                .addSecurityScheme(
                        BEARER,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT or API key")
                                .description(
                                        "An access token, or an API key. The names at an operation"
                                                + " are scopes, of which any one is enough."));
    }

    private static boolean isInternal(MethodInfo method) {
        return annotation(method, Internal.class).isPresent();
    }

    /** As at run time a method's own annotation goes before its class's, of whichever kind. */
    private static Optional<AnnotationInstance> annotation(MethodInfo method, Class<?> type) {
        boolean own =
                List.of(Access.class, Internal.class, Anonymous.class).stream()
                        .anyMatch(kind -> method.hasAnnotation(kind));
        return own && !method.hasAnnotation(type.asSubclass(java.lang.annotation.Annotation.class))
                ? Optional.empty()
                : ResourceMethods.annotation(method, type);
    }

    private static void describe(Operation operation, AnnotationInstance access) {
        List<String> scopes = names(access.value("scopes"));
        List<String> roles = names(access.value("roles"));
        for (String scope : scopes) {
            operation.addSecurityRequirement(
                    OASFactory.createSecurityRequirement().addScheme(BEARER, scope));
        }
        if (scopes.isEmpty()) {
            operation.addSecurityRequirement(
                    OASFactory.createSecurityRequirement().addScheme(BEARER, new ArrayList<>()));
        }
        ProblemAnswers.add(operation, 401, "invalid_token");
        ProblemAnswers.add(operation, 401, "expired_token");
        if (!scopes.isEmpty() || !roles.isEmpty()) {
            ProblemAnswers.add(operation, 403, "insufficient_scope");
        }
        if (!roles.isEmpty()) {
            operation.addExtension("x-roles", roles);
        }
    }

    private static List<String> names(@org.jspecify.annotations.Nullable AnnotationValue value) {
        return value == null ? List.of() : Arrays.asList(value.asStringArray());
    }
}
