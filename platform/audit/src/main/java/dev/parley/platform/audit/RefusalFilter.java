package dev.parley.platform.audit;

import dev.parley.platform.security.Access;
import dev.parley.platform.security.AccessFilter;
import dev.parley.platform.security.Anonymous;
import dev.parley.platform.security.Caller;
import dev.parley.platform.security.Internal;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Counts every answer that refuses a caller by a rule, whatever layer refused, and every token that
 * was not accepted.
 */
public class RefusalFilter {
    private static final Set<Integer> REFUSALS = Set.of(401, 402, 403, 409, 429);
    private static final Set<String> REFUSAL_CODES = Set.of("content_blocked");

    /** Of a request that is on record by its first try. */
    private static final Set<String> NO_REFUSAL_CODES = Set.of("idempotency_in_progress");

    private static final Pattern OPAQUE_ID = Pattern.compile("[a-z]{2,12}[_-][0-9a-f]{32}");

    private final AuditLog audit;

    @Inject
    RefusalFilter(AuditLog audit) {
        this.audit = audit;
    }

    /**
     * Where no token is looked at, answers are left to the resources that know more. Whose token
     * was not accepted is nobody that is known.
     */
    @ServerResponseFilter
    public void count(
            ContainerRequestContext request,
            ContainerResponseContext response,
            ResourceInfo resource) {
        String code = codeOf(response);
        Method method = resource.getResourceMethod();
        if (code == null || method == null) {
            return;
        }
        AuditActor actor;
        if (request.getProperty(AccessFilter.KNOWN_CALLER) instanceof Caller caller) {
            actor = AuditActor.of(caller);
        } else if (response.getStatus() == 401 && asksForAToken(method)) {
            actor = AuditActor.unknown();
        } else {
            return;
        }
        Audited name = method.getAnnotation(Audited.class);
        if (name == null) {
            audit.refuse(actor, ofEndpoint(request, method, code));
        } else if (!List.of(name.recordedElsewhere().split(" ", -1)).contains(code)) {
            audit.refuse(
                    actor,
                    Deed.refused(
                            name.action(),
                            name.resource(),
                            opaque(request.getUriInfo().getPathParameters().getFirst(name.id())),
                            code));
        }
    }

    /** Everything does that is not open to everyone. */
    private static boolean asksForAToken(Method method) {
        if (method.isAnnotationPresent(Anonymous.class)) {
            return false;
        }
        return method.isAnnotationPresent(Access.class)
                || method.isAnnotationPresent(Internal.class)
                || !method.getDeclaringClass().isAnnotationPresent(Anonymous.class);
    }

    private static Deed ofEndpoint(ContainerRequestContext request, Method method, String code) {
        return Deed.refused(
                "endpoint." + request.getMethod().toLowerCase(Locale.ROOT),
                "endpoint",
                templateOf(method),
                code);
    }

    /** The path as the resource declares it, with its parameters' names and not their values. */
    private static String templateOf(Method method) {
        return pathOf(method.getDeclaringClass().getAnnotation(Path.class))
                + pathOf(method.getAnnotation(Path.class));
    }

    private static String pathOf(@Nullable Path path) {
        if (path == null || path.value().isEmpty() || path.value().equals("/")) {
            return "";
        }
        return path.value().startsWith("/") ? path.value() : "/" + path.value();
    }

    private static @Nullable String codeOf(ContainerResponseContext response) {
        boolean byStatus = REFUSALS.contains(response.getStatus());
        if ((byStatus || response.getStatus() == 422)
                && response.getEntity() instanceof Map<?, ?> body
                && body.get("error") instanceof Map<?, ?> error
                && error.get("code") instanceof String code
                && (byStatus ? !NO_REFUSAL_CODES.contains(code) : REFUSAL_CODES.contains(code))) {
            return code;
        }
        return null;
    }

    /** What a caller wrote into a path is put on record only if it is an id by its form. */
    private static @Nullable String opaque(@Nullable String parameter) {
        return parameter != null && OPAQUE_ID.matcher(parameter).matches() ? parameter : null;
    }
}
