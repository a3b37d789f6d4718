package dev.parley.testing.peers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The identity service as its neighbours see it: JWKS, client credentials, token exchange and the
 * change feed, over real HTTP with really signed tokens. One per test JVM.
 */
public final class IdentityPeer implements QuarkusTestResourceLifecycleManager {
    /** The issuer of every token that this peer signs. */
    public static final String ISSUER = "http://issuer.test";

    private static final PeerKeys KEYS = new PeerKeys();
    private static final Map<String, TokenClaims> API_KEYS = new ConcurrentHashMap<>();
    private static final List<String> CHANGES = new CopyOnWriteArrayList<>();
    private static final AtomicInteger EXCHANGES = new AtomicInteger();
    private static final String ORGANIZATIONS = "/internal/organizations/";
    private static final Map<String, String> PAYLOAD_LOGGING = new ConcurrentHashMap<>();
    private static final AtomicInteger POLICY_QUESTIONS = new AtomicInteger();
    private static volatile boolean answering = true;

    private HttpServer server;

    public IdentityPeer() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public Map<String, String> start() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
        Map<String, String> config = new HashMap<>();
        config.put("parley.issuer", ISSUER);
        config.put("parley.identity-url", "http://localhost:" + server.getAddress().getPort());
        config.put("parley.client.secret", "peer-secret");
        return config;
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    /** A client's access token. */
    public static String clientToken(TokenClaims claims) {
        return sign(claims);
    }

    /** The token that {@code service} would get for acting for that client. */
    public static String exchangedToken(TokenClaims claims, String service) {
        return sign(claims.exchangedBy(service));
    }

    /** A service's own token. */
    public static String serviceToken(String service) {
        return sign(TokenClaims.service(service));
    }

    /** A new API key that stands for the claims. */
    public static String apiKey(TokenClaims claims) {
        String key = "sk-parley-" + UUID.randomUUID().toString().replace("-", "");
        API_KEYS.put(
                key, claims.withApiKey("key_" + UUID.randomUUID().toString().replace("-", "")));
        return key;
    }

    /** The {@code key_…} id of a key that {@link #apiKey} made. */
    public static String apiKeyId(String key) {
        String id = claimsOf(key).apiKey();
        if (id == null) {
            throw new IllegalStateException("a key without an id");
        }
        return id;
    }

    /** Deletes an API key and tells it through the change feed. */
    public static void revoke(String key) {
        change("key_revoked", apiKeyId(key));
        API_KEYS.remove(key);
    }

    /** Puts a fact into the change feed: {@code session_revoked}, {@code subject_revoked}, … */
    public static synchronized void change(String kind, String id) {
        CHANGES.add(
                "{\"sequence\":%d,\"kind\":\"%s\",\"id\":\"%s\",\"at\":\"%s\"}"
                        .formatted(CHANGES.size() + 1, kind, id, Instant.now()));
    }

    /** Whether the peer answers at all; while it does not, every request gets a 503. */
    public static void answering(boolean answers) {
        answering = answers;
    }

    /** How many exchanges were asked for so far. */
    public static int exchanges() {
        return EXCHANGES.get();
    }

    /** Signs any claims with this peer's key. */
    public static String sign(TokenClaims claims) {
        return KEYS.sign(claims.claims(ISSUER));
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!answering) {
                answer(exchange, 503, "{}");
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/oauth2/jwks" -> keys(exchange);
                case "/oauth2/token" -> token(exchange, form(body));
                case "/internal/changes" -> changes(exchange);
                default -> policies(exchange);
            }
        }
    }

    /** JSON, and 406 for whoever accepts none. */
    private static void keys(HttpExchange exchange) throws IOException {
        String accepted = exchange.getRequestHeaders().getFirst("Accept");
        boolean takesJson =
                accepted == null || accepted.contains("json") || accepted.contains("*/*");
        answer(exchange, takesJson ? 200 : 406, takesJson ? KEYS.jwks() : "{}");
    }

    /** What {@code GET /internal/organizations/{id}/policies} tells from now on. */
    public static void payloadLogging(String organization, String mode, int days) {
        PAYLOAD_LOGGING.put(
                organization, "{\"mode\":\"%s\",\"time_to_live_days\":%d}".formatted(mode, days));
    }

    private static void policies(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!path.startsWith(ORGANIZATIONS) || !path.endsWith("/policies")) {
            answer(exchange, 404, "{}");
            return;
        }
        String organization =
                path.substring(ORGANIZATIONS.length(), path.length() - "/policies".length());
        POLICY_QUESTIONS.incrementAndGet();
        answer(
                exchange,
                200,
                "{\"object\":\"organization.policies\",\"organization\":\"%s\",\"version\":1,\"payload_logging\":%s}"
                        .formatted(
                                organization,
                                PAYLOAD_LOGGING.getOrDefault(
                                        organization,
                                        "{\"mode\":\"off\",\"time_to_live_days\":30}")));
    }

    /** How often an organization's policies were asked for. */
    public static int policyQuestions() {
        return POLICY_QUESTIONS.get();
    }

    private static void token(HttpExchange exchange, Map<String, String> form) throws IOException {
        String service = clientOf(exchange);
        String grant = form.getOrDefault("grant_type", "");
        if (grant.equals("client_credentials")) {
            answer(exchange, 200, tokenAnswer(serviceToken(service), 600));
            return;
        }
        EXCHANGES.incrementAndGet();
        String subjectToken = form.getOrDefault("subject_token", "");
        if (form.getOrDefault("subject_token_type", "").endsWith("api_key")) {
            TokenClaims claims = API_KEYS.get(subjectToken);
            if (claims == null) {
                answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
                return;
            }
            answer(exchange, 200, tokenAnswer(sign(fresh(claims).exchangedBy(service)), 60));
            return;
        }
        answer(
                exchange,
                200,
                tokenAnswer(sign(PeerKeys.read(subjectToken).exchangedBy(service)), 60));
    }

    private static TokenClaims fresh(TokenClaims claims) {
        return new TokenClaims(
                claims.audience(),
                claims.subject(),
                claims.organization(),
                claims.roles(),
                claims.scopes(),
                claims.clientId(),
                claims.apiKey(),
                claims.session(),
                claims.actor(),
                UUID.randomUUID().toString(),
                Instant.now(),
                claims.life());
    }

    private static void changes(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        int after = query == null ? 0 : Integer.parseInt(query.replace("after=", ""));
        List<String> all = new ArrayList<>(CHANGES);
        List<String> page = all.subList(Math.min(after, all.size()), all.size());
        answer(
                exchange,
                200,
                "{\"changes\":[" + String.join(",", page) + "],\"next\":" + all.size() + "}");
    }

    private static String clientOf(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        String pair =
                new String(
                        Base64.getDecoder().decode(header.substring("Basic ".length())),
                        StandardCharsets.UTF_8);
        return pair.substring(0, pair.indexOf(':'));
    }

    private static TokenClaims claimsOf(String key) {
        TokenClaims claims = API_KEYS.get(key);
        if (claims == null) {
            throw new IllegalArgumentException("not a key of this peer");
        }
        return claims;
    }

    private static String tokenAnswer(String jwt, long seconds) {
        return "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d}"
                .formatted(jwt, seconds);
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
