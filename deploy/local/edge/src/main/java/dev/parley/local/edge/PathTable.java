package dev.parley.local.edge;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /** The table as each request goes through it. */
    private static final Row[] ROWS =
            PREFIXES.entrySet().stream()
                    .flatMap(
                            entry ->
                                    entry.getValue().stream()
                                            .map(prefix -> new Row(prefix, entry.getKey())))
                    .toArray(Row[]::new);

    private record Row(String prefix, String service) {
        /** Whole segments: a prefix that ends in a slash covers only what lies below it. */
        boolean covers(String path) {
            if (!path.startsWith(prefix)) {
                return false;
            }
            return prefix.endsWith("/")
                    ? path.length() > prefix.length()
                    : path.length() == prefix.length() || path.charAt(prefix.length()) == '/';
        }
    }

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
        Row row = rowOf(path);
        return row == null ? documentOf(path) : Optional.of(row.service());
    }

    /** The row of the table that covers {@code path}: no part of it that a caller chose. */
    static Optional<String> prefixOf(String path) {
        return Optional.ofNullable(rowOf(path)).map(Row::prefix);
    }

    private static @Nullable Row rowOf(String path) {
        for (Row row : ROWS) {
            if (row.covers(path)) {
                return row;
            }
        }
        return null;
    }

    private static Optional<String> documentOf(String path) {
        if (!path.startsWith("/openapi/")) {
            return Optional.empty();
        }
        return PREFIXES.keySet().stream()
                .filter(service -> path.equals("/openapi/" + service + ".json"))
                .findFirst();
    }

    /** Dot segments, however written, could lead from a public row to an internal path. */
    private static boolean climbs(String path) {
        if (path.indexOf('.') < 0 && path.indexOf('%') < 0 && path.indexOf('\\') < 0) {
            return false;
        }
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
