package dev.parley.testing.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A running local stack, as {@code stack.json} and {@code demo.env} describe it to programs. */
final class Stack {
    static final List<String> SERVICES =
            List.of(
                    "identity-service",
                    "conversation-service",
                    "llm-gateway-service",
                    "usage-billing-service",
                    "moderation-service");

    private static final String LEDGER_DATABASE = "usage_billing";

    private final Path folder;
    private final JsonNode description;
    private final Map<String, String> demo;
    private final Killing killing;
    private final Simulator simulator;
    private final Ledger ledger;
    private final Person admin;

    /** Ends a replica of a service, counted from 1, as {@code kill -9} does. */
    interface Killing {
        void kill(String service, int replica);
    }

    /** The demo organization's admin, with a session that is still young. */
    private record Person(String token, String organization) {}

    private Stack(
            Path folder, JsonNode description, Map<String, String> demo, Killing killing) {
        this.folder = folder;
        this.description = description;
        this.demo = demo;
        this.killing = killing;
        this.simulator = new Simulator(URI.create(description.at("/provider/url").asText()));
        JsonNode postgres = description.at("/postgres");
        this.ledger =
                new Ledger(
                        withDatabase(postgres.at("/url").asText()),
                        postgres.at("/user").asText(),
                        postgres.at("/password").asText());
        this.admin = login();
    }

    static Stack at(Path folder, Killing killing) {
        try {
            Map<String, String> demo = new HashMap<>();
            for (String line : Files.readAllLines(folder.resolve("demo.env"))) {
                String text = line.startsWith("export ") ? line.substring(7) : line;
                int equals = text.indexOf('=');
                if (equals > 0) {
                    demo.put(text.substring(0, equals), unquoted(text.substring(equals + 1)));
                }
            }
            JsonNode description = Answer.parse(Files.readString(folder.resolve("stack.json")));
            return new Stack(folder, description, demo, killing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Killing killingByProcessId(Path folder) {
        return (service, replica) -> {
            try {
                long pid =
                        Answer.parse(Files.readString(folder.resolve("stack.json")))
                                .at("/services")
                                .path(service)
                                .path(replica - 1)
                                .at("/pid")
                                .asLong();
                ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    URI edge() {
        return URI.create(description.at("/edge").asText().replaceAll("/$", ""));
    }

    Caller anyone() {
        return new Caller(edge(), null);
    }

    String apiKey() {
        return demo("PARLEY_API_KEY");
    }

    /** A new access token of the demo organization's admin. */
    String adminSession() {
        return new People(anyone())
                .login(demo("PARLEY_ADMIN_EMAIL"), demo("PARLEY_ADMIN_PASSWORD"))
                .accessToken();
    }

    /** An access token of the demo organization's admin. */
    String admin() {
        return admin.token();
    }

    String organization() {
        return admin.organization();
    }

    Simulator simulator() {
        return simulator;
    }

    Ledger ledger() {
        return ledger;
    }

    LedgerRule ledgerRule() {
        return new LedgerRule(simulator, ledger);
    }

    /** An access token of those who run the installation. */
    String operator() {
        String pair =
                demo("PARLEY_OPERATOR_CLIENT_ID") + ":" + demo("PARLEY_OPERATOR_CLIENT_SECRET");
        return anyone()
                .form(
                        "/oauth2/token",
                        "grant_type=client_credentials",
                        "authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .ok(200)
                .text("/access_token");
    }

    AuditTable auditTable() {
        JsonNode postgres = description.at("/postgres");
        return new AuditTable(
                postgres.at("/url").asText().replaceFirst("(//[^/?]+/)[^?]*", "$1usage_billing"),
                postgres.at("/user").asText(),
                postgres.at("/password").asText());
    }

    /** The management addresses of a service's replicas. */
    List<URI> management(String service) {
        return description.at("/services").path(service).findValuesAsText("management").stream()
                .map(URI::create)
                .toList();
    }

    /** The process of a service's first replica, as it is now. */
    long pid(String service) {
        try {
            return Answer.parse(Files.readString(folder.resolve("stack.json")))
                    .at("/services")
                    .path(service)
                    .path(0)
                    .path("pid")
                    .asLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What all processes of this run have said, by process. */
    Map<String, String> logs() {
        Map<String, String> logs = new HashMap<>();
        try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".log")).toList()) {
                logs.put(
                        String.valueOf(file.getFileName()),
                        new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return logs;
    }

    /** Each replica of a service, past the edge. */
    List<Caller> replicasOf(String service) {
        return description.at("/services").path(service).findValuesAsText("url").stream()
                .map(url -> new Caller(URI.create(url.replaceAll("/$", "")), null))
                .toList();
    }

    int replicas() {
        return management(SERVICES.getFirst()).size();
    }

    void kill(String service) {
        kill(service, 1);
    }

    void kill(String service, int replica) {
        killing.kill(service, replica);
    }

    private Person login() {
        String token =
                new People(anyone())
                        .login(demo("PARLEY_ADMIN_EMAIL"), demo("PARLEY_ADMIN_PASSWORD"))
                        .accessToken();
        byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
        String text = new String(claims, StandardCharsets.UTF_8);
        return new Person(token, Answer.parse(text).at("/org").asText());
    }

    private String demo(String name) {
        return Objects.requireNonNull(demo.get(name), name + " is not in demo.env");
    }

    private static String unquoted(String value) {
        return value.replaceAll("^[\"']|[\"']$", "");
    }

    private static String withDatabase(String url) {
        return url.replaceFirst("(jdbc:postgresql://[^/?]+/)[^?]*", "$1" + LEDGER_DATABASE);
    }
}
