package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A running local stack, as {@code stack.json} and {@code demo.env} describe it to programs. */
final class Stack {
    static final List<String> SERVICES =
            List.of(
                    "identity-service",
                    "conversation-service",
                    "llm-gateway-service",
                    "usage-billing-service",
                    "moderation-service");

    /** Half of what a session's token lives. */
    private static final Duration YOUNG = Duration.ofMinutes(5);

    static final String LEDGER_DATABASE = "usage_billing";

    private final Path folder;
    private final JsonNode description;
    private final Map<String, String> demo;
    private final Victims processes;
    private final Simulator simulator;
    private final Ledger ledger;
    private final Set<String> killed = ConcurrentHashMap.newKeySet();
    private @Nullable Person admin;

    /** The processes of the stack; replicas are counted from 1. */
    interface Processes {
        /** {@code kill -9}; it comes back by itself. */
        void kill(String name, int replica);

        /** SIGTERM; returns when it has ended, and it stays away. */
        void takeAway(String name, int replica);

        /** Starts again what was taken away. */
        void bringBack(String name, int replica);

        /** Whether these tests have started them. */
        boolean areOurs();
    }

    /** The demo organization's admin, with a session that is still young. */
    private record Person(String token, String organization, Instant since) {
        boolean young() {
            return since.plus(YOUNG).isAfter(Instant.now());
        }
    }

    private Stack(
            Path folder, JsonNode description, Map<String, String> demo, Processes processes) {
        this.folder = folder;
        this.description = description;
        this.demo = demo;
        this.processes = new Victims(this, processes);
        this.simulator = new Simulator(URI.create(description.at("/provider/url").asText()));
        this.ledger = new Ledger(database(LEDGER_DATABASE));
    }

    static Stack at(Path folder, Processes processes) {
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
            return new Stack(folder, description, demo, processes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** All that opens something here: what demo.env tells to programs, and what it does not. */
    List<String> secrets() {
        Properties kept = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve("secrets.properties"))) {
            kept.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> secrets = new ArrayList<>();
        kept.stringPropertyNames().forEach(name -> secrets.add(kept.getProperty(name)));
        for (String name :
                List.of(
                        "PARLEY_API_KEY",
                        "PARLEY_ADMIN_PASSWORD",
                        "PARLEY_OPERATOR_CLIENT_SECRET")) {
            secrets.add(demo(name));
        }
        return secrets;
    }

    /** A new access token of the demo organization's admin. */
    String adminSession() {
        return new People(anyone())
                .login(demo("PARLEY_ADMIN_EMAIL"), demo("PARLEY_ADMIN_PASSWORD"))
                .accessToken();
    }

    /** An access token of the demo organization's admin. */
    String admin() {
        return demoAdmin().token();
    }

    String organization() {
        return demoAdmin().organization();
    }

    Simulator simulator() {
        return simulator;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Counts these calls as under way at a {@code kill -9}, from now on. */
    void remembersAsKilled(Collection<String> calls) {
        killed.addAll(calls);
    }

    LedgerRule ledgerRule() {
        return new LedgerRule(simulator, ledger, killed);
    }

    /** An access token of those who run the installation. */
    String operator() {
        return Planted.secret(
                anyone().form(
                                "/oauth2/token",
                                "grant_type=client_credentials",
                                "authorization",
                                operatorPassword())
                        .ok(200)
                        .text("/access_token"));
    }

    /** The HTTP Basic credentials of the operator's client. */
    String operatorPassword() {
        String pair =
                demo("PARLEY_OPERATOR_CLIENT_ID") + ":" + demo("PARLEY_OPERATOR_CLIENT_SECRET");
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
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

    /** The processes of a service's replicas, as they are now. */
    List<Long> pids(String service) {
        try {
            return Answer.parse(Files.readString(folder.resolve("stack.json")))
                    .at("/services")
                    .path(service)
                    .findValues("pid")
                    .stream()
                    .map(JsonNode::asLong)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the processes of this run have said and exported. */
    Outputs outputs() {
        return new Outputs(this, folder, processes);
    }

    /** Each replica of a service, past the edge. */
    List<Caller> replicasOf(String service) {
        return description.at("/services").path(service).findValuesAsText("url").stream()
                .map(url -> new Caller(URI.create(url.replaceAll("/$", "")), null))
                .toList();
    }

    /** Whether these tests have started it, with all that they need. */
    boolean isOurs() {
        return processes.areOurs();
    }

    /** Skips a test for which someone else's stack lacks something; ours may not lack it. */
    void needs(boolean had, String what) {
        Assumptions.assumeTrue(had || isOurs(), "the stack has not " + what);
        assertThat(had).as(what).isTrue();
    }

    int replicas() {
        return management(SERVICES.getFirst()).size();
    }

    void kill(String service) {
        kill(service, 1);
    }

    void kill(String service, int replica) {
        processes.kill(service, replica);
    }

    Processes processes() {
        return processes;
    }

    /** All of it is ready, what was killed has been replaced, and the edge knows. */
    void awaitReady(Duration within) {
        eventually(
                within,
                () -> {
                    processes.assertReplaced();
                    for (String service : SERVICES) {
                        for (URI management : management(service)) {
                            assertThat(ready(management)).as(service + " " + management).isTrue();
                        }
                        assertThat(anyone().get("/openapi/" + service + ".json").status())
                                .as("the edge's way to " + service)
                                .isEqualTo(200);
                    }
                });
    }

    static boolean ready(URI management) {
        try {
            return new Caller(management, null).get("/q/health/ready").status() == 200;
        } catch (UncheckedIOException notThere) {
            return false;
        }
    }

    /** The service's database, past the service. */
    Database database(String name) {
        JsonNode postgres = description.at("/postgres");
        return new Database(
                postgres.at("/url").asText().replaceFirst("(//[^/?]+/)[^?]*", "$1" + name),
                postgres.at("/user").asText(),
                postgres.at("/password").asText());
    }

    private synchronized Person demoAdmin() {
        Person known = admin;
        if (known == null || !known.young()) {
            known = login();
            admin = known;
        }
        return known;
    }

    private Person login() {
        String token =
                new People(anyone())
                        .login(demo("PARLEY_ADMIN_EMAIL"), demo("PARLEY_ADMIN_PASSWORD"))
                        .accessToken();
        byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
        String text = new String(claims, StandardCharsets.UTF_8);
        return new Person(token, Answer.parse(text).at("/org").asText(), Instant.now());
    }

    private String demo(String name) {
        return Objects.requireNonNull(demo.get(name), name + " is not in demo.env");
    }

    private static String unquoted(String value) {
        return value.replaceAll("^[\"']|[\"']$", "");
    }
}
