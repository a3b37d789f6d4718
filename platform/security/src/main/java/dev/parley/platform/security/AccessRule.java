package dev.parley.platform.security;

import dev.parley.platform.web.Problem;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a resource method asks of its caller; read once from its annotations, default deny. */
sealed interface AccessRule {
    record Open() implements AccessRule {}

    record Denied() implements AccessRule {}

    record ForClients(Set<String> scopes, Set<String> roles) implements AccessRule {}

    record ForServices(Internal.Kind kind, Set<String> clients) implements AccessRule {}

    /** The rule of a method; its own annotation goes before its class's. */
    static AccessRule of(Method method) {
        for (AnnotatedElement place : List.of(method, method.getDeclaringClass())) {
            if (place.isAnnotationPresent(Anonymous.class)) {
                return new Open();
            }
            Internal internal = place.getAnnotation(Internal.class);
            if (internal != null) {
                return new ForServices(internal.value(), setOf(internal.clients()));
            }
            Access access = place.getAnnotation(Access.class);
            if (access != null) {
                return new ForClients(setOf(access.scopes()), setOf(access.roles()));
            }
        }
        return new Denied();
    }

    /** Why this caller is refused, or null when it may go on. */
    default @Nullable Problem refusalOf(Caller caller) {
        return switch (this) {
            case Open ignored -> null;
            case Denied ignored -> refused("This endpoint is closed.");
            case ForClients rule -> {
                if (!rule.scopes().isEmpty() && !anyOf(rule.scopes(), caller.scopes())) {
                    yield refused("The token lacks the scope " + oneOf(rule.scopes()) + ".");
                }
                if (!rule.roles().isEmpty() && !anyOf(rule.roles(), caller.roles())) {
                    yield refused("This needs the role " + oneOf(rule.roles()) + ".");
                }
                yield null;
            }
            case ForServices rule -> {
                boolean kindFits =
                        switch (rule.kind()) {
                            case SERVICE -> caller.isService();
                            case EXCHANGED -> caller.isExchanged();
                            case EITHER -> caller.isService() || caller.isExchanged();
                        };
                boolean clientFits =
                        rule.clients().isEmpty() || rule.clients().contains(caller.clientId());
                yield kindFits && clientFits
                        ? null
                        : refused("This token does not open this internal endpoint.");
            }
        };
    }

    private static Problem refused(String detail) {
        return Problem.of(403, "insufficient_scope", detail);
    }

    private static boolean anyOf(Set<String> wanted, Set<String> held) {
        return wanted.stream().anyMatch(held::contains);
    }

    private static String oneOf(Set<String> names) {
        return String.join(" or ", names.stream().sorted().toList());
    }

    private static Set<String> setOf(String[] names) {
        return Set.copyOf(Arrays.asList(names));
    }
}
