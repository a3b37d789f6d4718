package dev.parley.platform.security;

import dev.parley.platform.telemetry.TraceTags;
import dev.parley.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Lets a request through to its resource only as the resource's annotation says. */
public class AccessFilter {
    /** The request's property with the {@link Caller} that is known, let through or refused. */
    public static final String KNOWN_CALLER = "parley.known-caller";

    private final Authenticator authenticator;
    private final Map<Method, AccessRule> rules = new ConcurrentHashMap<>();

    @Inject
    AccessFilter(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** Answers null to let the request go on. */
    @ServerRequestFilter(nonBlocking = true)
    public Uni<@Nullable Response> check(ContainerRequestContext request, ResourceInfo resource) {
        AccessRule rule = rules.computeIfAbsent(resource.getResourceMethod(), AccessRule::of);
        if (rule instanceof AccessRule.Open) {
            return Uni.createFrom().nullItem();
        }
        String bearer = bearerOf(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        if (bearer == null) {
            return Uni.createFrom()
                    .item(unauthorized("invalid_token", "A Bearer token is required.", ""));
        }
        String audience =
                rule instanceof AccessRule.ForServices
                        ? Authenticator.INTERNAL_AUDIENCE
                        : Authenticator.CLIENT_AUDIENCE;
        String baggage = request.getHeaderString("baggage");
        return authenticator
                .authenticate(bearer, audience)
                .map(
                        outcome -> {
                            Caller known = outcome.known();
                            if (known != null) {
                                request.setProperty(KNOWN_CALLER, known);
                            }
                            Response refusal = answer(outcome, rule);
                            if (refusal == null && rule instanceof AccessRule.ForServices) {
                                TraceTags.accept(baggage);
                            }
                            return refusal;
                        });
    }

    private static @Nullable Response answer(AuthenticationOutcome outcome, AccessRule rule) {
        return switch (outcome) {
            case AuthenticationOutcome.Authenticated authenticated -> {
                Problem refusal = rule.refusalOf(authenticated.caller());
                if (refusal != null) {
                    yield refusal.toResponse();
                }
                CurrentCaller.attach(authenticated.caller());
                yield null;
            }
            case AuthenticationOutcome.Expired ignored ->
                    unauthorized(
                            "expired_token",
                            "The token has expired.",
                            ", error=\"invalid_token\", error_description=\"expired\"");
            case AuthenticationOutcome.Invalid ignored -> invalid();
            case AuthenticationOutcome.Revoked ignored -> invalid();
            case AuthenticationOutcome.Unavailable ignored ->
                    Problem.dependencyUnavailable().toResponse();
        };
    }

    private static Response invalid() {
        return unauthorized(
                "invalid_token", "The token or API key is not valid.", ", error=\"invalid_token\"");
    }

    private static Response unauthorized(String code, String detail, String challenge) {
        return Problem.of(401, code, detail)
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"parley\"" + challenge)
                .toResponse();
    }

    private static @Nullable String bearerOf(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return null;
        }
        String token = header.substring(7).trim();
        return token.isEmpty() ? null : token;
    }
}
