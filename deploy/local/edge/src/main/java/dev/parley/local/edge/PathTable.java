package dev.parley.local.edge;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which service answers for a path of the origin; the Ingress of Kubernetes holds the same. */
public final class PathTable {
    private static final Map<String, List<String>> PREFIXES =
            Map.of(
                    "identity-service",
                    List.of(
                            "/.well-known/",
                            "/oauth2/",
                            "/v1/auth/",
                            "/v1/users",
                            "/v1/organizations",
                            "/v1/api_keys",
                            "/v1/service_accounts"),
                    "conversation-service",
                    List.of(
                            "/v1/conversations",
                            "/v1/responses",
                            "/v1/prompts",
                            "/v1/search",
                            "/v1/shared/",
                            "/graphql"),
                    "usage-billing-service",
                    List.of(
                            "/v1/usage",
                            "/v1/limits",
                            "/v1/plans",
                            "/v1/subscriptions",
                            "/v1/prices",
                            "/v1/budgets",
                            "/v1/invoices",
                            "/v1/organization/",
                            "/v1/audit"),
                    "moderation-service",
                    List.of("/v1/moderations", "/v1/moderation/"),
                    "llm-gateway-service",
                    List.of(
                            "/v1/chat/completions",
                            "/v1/embeddings",
                            "/v1/models",
                            "/v1/gateway/"));

    private static final String CONSOLE = "conversation-service";

    private PathTable() {}

    /** Each service's prefixes, without the console's {@code /} and the services' documents. */
    public static Map<String, List<String>> rows() {
        return PREFIXES;
    }

    /** The service of {@code path}, if a row names one. */
    public static Optional<String> serviceOf(String path) {
        if (climbs(path)) {
            return Optional.empty();
        }
        if (path.equals("/")) {
            return Optional.of(CONSOLE);
        }
        return PREFIXES.entrySet().stream()
                .filter(row -> row.getValue().stream().anyMatch(it -> covers(it, path)))
                .map(Map.Entry::getKey)
                .findFirst()
                .or(() -> documentOf(path));
    }

    /** The row of the table that covers {@code path}: no part of it that a caller chose. */
    static Optional<String> prefixOf(String path) {
        return PREFIXES.values().stream()
                .flatMap(List::stream)
                .filter(prefix -> covers(prefix, path))
                .findFirst();
    }

    /** A prefix covers whole segments: one that ends in a slash only what lies below it. */
    private static boolean covers(String prefix, String path) {
        if (prefix.endsWith("/")) {
            return path.length() > prefix.length() && path.startsWith(prefix);
        }
        return path.startsWith(prefix)
                && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }

    private static Optional<String> documentOf(String path) {
        return PREFIXES.keySet().stream()
                .filter(service -> path.equals("/openapi/" + service + ".json"))
                .findFirst();
    }

    /** Dot segments, however written, could lead from a public row to an internal path. */
    private static boolean climbs(String path) {
        for (String written : path.toLowerCase(Locale.ROOT).split("/", -1)) {
            String segment = written.replace("%2e", ".");
            int parameters = segment.indexOf(';');
            String name = parameters < 0 ? segment : segment.substring(0, parameters);
            if (name.equals(".") || name.equals("..") || segment.indexOf('\\') >= 0) {
                return true;
            }
        }
        return false;
    }
}
