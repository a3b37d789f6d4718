package dev.parley.testing.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.edge.PathTable;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One path table: the public contract's, the local edge's, the compose edge's, the Ingress's. */
class PathTablesTest {
    /** As the public contract has it. */
    private static final String CONTRACT =
            """
            identity-service: /.well-known/ /oauth2/ /v1/auth/ /v1/users /v1/organizations
            identity-service: /v1/api_keys /v1/service_accounts
            conversation-service: /v1/conversations /v1/responses /v1/prompts /v1/search
            conversation-service: /v1/shared/ /graphql
            usage-billing-service: /v1/usage /v1/limits /v1/plans /v1/subscriptions /v1/prices
            usage-billing-service: /v1/budgets /v1/invoices /v1/organization/ /v1/audit
            moderation-service: /v1/moderations /v1/moderation/
            llm-gateway-service: /v1/chat/completions /v1/embeddings /v1/models /v1/gateway/
            """;

    private static final String CONSOLE = "conversation-service";

    private static Map<String, String> prefixes() {
        Map<String, String> prefixes = new TreeMap<>();
        CONTRACT.lines()
                .forEach(
                        line -> {
                            String[] row = line.split(": ", -1);
                            for (String prefix : row[1].split(" ", -1)) {
                                prefixes.put(prefix, row[0]);
                            }
                        });
        return prefixes;
    }

    /** The paths that stand for themselves alone. */
    private static Map<String, String> exact() {
        Map<String, String> exact = new TreeMap<>(Map.of("/", CONSOLE));
        Checkout.SERVICES.forEach(it -> exact.put("/openapi/" + it + ".json", it));
        return exact;
    }

    @Test
    void theLocalEdgeHoldsTheContractsTable() {
        Map<String, String> rows = new TreeMap<>();
        PathTable.rows()
                .forEach((service, paths) -> paths.forEach(path -> rows.put(path, service)));
        assertThat(rows).isEqualTo(prefixes());
        exact().forEach((path, service) -> assertThat(PathTable.serviceOf(path)).contains(service));
    }

    @Test
    void theComposeEdgeHoldsTheContractsTable() {
        Map<String, String> patterns = new TreeMap<>();
        prefixes().forEach((path, service) -> patterns.put(Nginx.pattern(path), service));
        exact().forEach((path, service) -> patterns.put(Nginx.exactly(path), service));
        assertThat(new TreeMap<>(Nginx.read().table())).isEqualTo(patterns);
        ManifestsTest.FACTS.forEach(
                (name, facts) ->
                        assertThat(Nginx.read().ports()).containsEntry(name, facts.port()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void theIngressHoldsTheContractsTable(String overlay) {
        Map<String, String> prefixes = new TreeMap<>();
        Map<String, String> exact = new TreeMap<>();
        rowsOf(ManifestsTest.cluster(overlay), prefixes, exact);
        assertThat(prefixes).isEqualTo(prefixes());
        assertThat(exact).isEqualTo(exact());
    }

    private static void rowsOf(
            Cluster cluster, Map<String, String> prefixes, Map<String, String> exact) {
        ObjectNode ingress = cluster.find("Ingress", "parley").orElseThrow();
        assertThat(ingress.at("/spec/defaultBackend").isMissingNode()).isTrue();
        assertThat(ingress.at("/spec/rules")).hasSize(1);
        for (JsonNode row : ingress.at("/spec/rules/0/http/paths")) {
            String path = row.path("path").asText();
            Map<String, String> rows =
                    switch (row.path("pathType").asText()) {
                        case "Exact" -> exact;
                        case "Prefix" -> prefixes;
                        // To ingress-nginx a prefix; below a document nothing stands.
                        case "ImplementationSpecific" ->
                                path.startsWith("/openapi/") ? exact : prefixes;
                        default -> throw new IllegalArgumentException(row.toString());
                    };
            String service = row.at("/backend/service/name").asText();
            assertThat(rows.put(path, service)).isNull();
        }
    }

    /** What strict-validate-path-type of ingress-nginx lets pass, as it is by default. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void theIngressIsOneThatItsControllerAccepts(String overlay) {
        ObjectNode ingress = ManifestsTest.cluster(overlay).find("Ingress", "parley").orElseThrow();
        for (JsonNode row : ingress.at("/spec/rules/0/http/paths")) {
            String path = row.path("path").asText();
            assertThat(row.path("pathType").asText().equals("ImplementationSpecific"))
                    .as(path)
                    .isEqualTo(!path.matches("/[A-Za-z0-9_/-]*"));
        }
        assertThat(Cluster.keys(ingress.at("/metadata/annotations")))
                .allMatch(it -> it.startsWith("nginx.ingress.kubernetes.io/"))
                .noneMatch(it -> it.endsWith("/use-regex") || it.endsWith("/rewrite-target"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?x=1",
                "/.well-known/openid-configuration",
                "/xwell-known/openid-configuration",
                "/oauth2/token",
                "/oauth2",
                "/oauth2/",
                "/v1/auth/login?next=/v1/models",
                "/v1/auth?x",
                "/v1/users",
                "/v1/users?limit=1",
                "/v1/users/me",
                "/v1/usersX",
                "/v1/responses",
                "/v1/responses/resp_1?stream=true",
                "/v1/shared/abc",
                "/v1/shared",
                "/v1/usage/summary",
                "/v1/organization/costs",
                "/v1/organization",
                "/v1/moderations",
                "/v1/moderation/flags",
                "/v1/chat/completions",
                "/v1/chat",
                "/v1/models/a",
                "/v1",
                "/internal/changes",
                "/q/metrics",
                "/openapi/identity-service.json",
                "/openapi/identity-service_json",
                "/openapi/identity-service.json/x",
                "/graphql",
                "/v1/users/../../internal/changes",
                "/v1/users/%2e%2e/%2E%2e/internal/changes",
                "/v1/users/..;x=1/..;/internal/changes",
                "/v1/users/..\\..\\internal",
                "/v1/conversations/..",
                "/v1/conversations/..?x",
                "//v1/users",
                "/V1/users"
            })
    void bothEdgesSendARequestToTheSamePlace(String uri) {
        String path = uri.replaceAll("\\?.*", "");
        assertThat(Nginx.read().serviceOf(uri)).isEqualTo(PathTable.serviceOf(path));
    }

    @Test
    void findsARowThatLeadsElsewhere() {
        String paths = Checkout.read("deploy/compose/nginx/paths.conf");
        String row = "\"~^/v1/users(/|\\?|$)\"";
        assertThat(paths).contains(row);
        assertThat(new Nginx(paths.replace(row, "\"~^/v1/user(/|\\?|$)\""), "").table())
                .isNotEqualTo(Nginx.read().table());
        assertThatThrownBy(
                        () ->
                                new Nginx(paths.replace("default \"\"", "default moderation"), "")
                                        .table())
                .hasMessageContaining("no row");
        Map<String, String> prefixes = new TreeMap<>();
        rowsOf(
                ManifestsTest.cluster("dev")
                        .changed(
                                "Ingress",
                                "parley",
                                it ->
                                        ((ObjectNode) it.at("/spec/rules/0/http/paths/3"))
                                                .put("path", "/v1/user")),
                prefixes,
                new TreeMap<>());
        assertThat(prefixes).isNotEqualTo(prefixes());
    }

    @Test
    void nothingOnTheWayHoldsAStreamBack() {
        Nginx nginx = Nginx.read();
        assertThat(nginx.directive("proxy_buffering")).isEqualTo("off");
        assertThat(nginx.directive("gzip")).isEqualTo("off");
        assertThat(nginx.directive("proxy_http_version")).isEqualTo("1.1");
        assertThat(seconds(nginx.directive("proxy_read_timeout"))).isGreaterThan(3600);
        assertThat(seconds(nginx.directive("proxy_send_timeout"))).isGreaterThan(3600);
        assertThat(nginx.directive("proxy_set_header Upgrade")).isEqualTo("$upgrade_wanted");
        JsonNode notes =
                ManifestsTest.cluster("production")
                        .find("Ingress", "parley")
                        .orElseThrow()
                        .at("/metadata/annotations");
        for (String name : new String[] {"proxy-read-timeout", "proxy-send-timeout"}) {
            assertThat(seconds(notes.path("nginx.ingress.kubernetes.io/" + name).asText()))
                    .isGreaterThan(3600);
        }
        assertThat(notes.path("nginx.ingress.kubernetes.io/proxy-buffering").asText())
                .isEqualTo("off");
    }

    /** The services tell it to each other, and clients have no use for it. */
    @Test
    void theComposeEdgeKeepsBaggageInside() {
        assertThat(Nginx.read().directive("proxy_hide_header")).isEqualTo("baggage");
    }

    private static int seconds(String text) {
        return Integer.parseInt(text.replaceAll("s$", ""));
    }

    /** What Quarkus would believe about a caller, the edge says itself or takes away. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For $remote_addr",
                "X-Forwarded-Proto $scheme",
                "X-Forwarded-Host $http_host",
                "X-Forwarded-Port \"\"",
                "X-Forwarded-Prefix \"\"",
                "X-Forwarded-Server \"\"",
                "X-Forwarded-Ssl \"\"",
                "X-Real-IP \"\"",
                "Forwarded \"\""
            })
    void theComposeEdgeDescribesTheCallerItself(String header) {
        String[] words = header.split(" ", -1);
        assertThat(Nginx.read().directive("proxy_set_header " + words[0])).isEqualTo(words[1]);
    }
}
