package dev.parley.platform.web;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a query parameter of the public API that its endpoint does not declare, so that a filter
 * with a slip of the pen is not taken for none. Services among themselves, and OAuth's endpoints,
 * ignore what they do not know.
 */
public class UnknownParameters {
    private static final String PUBLIC = "/v1/";

    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

    /** Answers null to let the request go on. */
    @ServerRequestFilter(priority = Priorities.USER + 1000)
    public @Nullable Response check(ContainerRequestContext request, ResourceInfo resource) {
        Set<String> names = request.getUriInfo().getQueryParameters().keySet();
        if (names.isEmpty() || !request.getUriInfo().getPath().startsWith(PUBLIC)) {
            return null;
        }
        Set<String> declared =
                known.computeIfAbsent(resource.getResourceMethod(), UnknownParameters::of);
        return names.stream()
                .filter(name -> !declared.contains(name))
                .findFirst()
                .map(
                        name ->
                                Problem.of(400, "unknown_parameter", "Unknown query parameter.")
                                        .withParam(name)
                                        .toResponse())
                .orElse(null);
    }

    private static Set<String> of(Method method) {
        Set<String> names = new HashSet<>();
        for (Parameter parameter : method.getParameters()) {
            QueryParam declared = parameter.getAnnotation(QueryParam.class);
            if (declared != null) {
                names.add(declared.value());
            }
            if (parameter.getType().equals(PageQuery.class)) {
                names.addAll(PageQuery.NAMES);
            }
        }
        return Set.copyOf(names);
    }
}
