package dev.parley.platform.egress;

import static dev.parley.platform.egress.ScriptedServer.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Over real connections. Nothing but loopback can be connected to here, so 127.0.0.1 plays an
 * address in the open and 127.0.0.2 one that is not; which ones really are is tested apart.
 */
class EgressIT {
    private static final Vertx VERTX = Vertx.vertx();
    private static final InetAddress IN_THE_OPEN = address("127.0.0.1");
    private static final InetAddress INSIDE = address("127.0.0.2");
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    private static final int LARGEST_BODY = 100_000;

    private final Deque<List<InetAddress>> names = new ArrayDeque<>();

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void answersWithWhatTheAddressSaid() throws IOException {
        names.add(List.of(IN_THE_OPEN));
        try (ScriptedServer server = server(saying(OK))) {
            EgressOutcome outcome = send("http://example.com:%d/a?b=c".formatted(server.port()));

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            EgressOutcome.Answered.class,
                            answer -> {
                                assertThat(answer.status()).isEqualTo(200);
                                assertThat(answer.header("Content-Length")).hasValue("5");
                                assertThat(StandardCharsets.UTF_8.decode(answer.body()).toString())
                                        .isEqualTo("hello");
                            });
            assertThat(server.heads().getFirst())
                    .startsWith("GET /a?b=c HTTP/1.1\n")
                    .containsIgnoringCase("host: example.com:" + server.port())
                    .containsIgnoringCase("accept-encoding: identity");
        }
    }

    @Test
    void sendsABodyAndHeaders() throws IOException {
        names.add(List.of(IN_THE_OPEN));
        try (ScriptedServer server = server(saying("HTTP/1.1 204 No Content\r\n\r\n"))) {
            EgressOutcome outcome =
                    egress(server.port(), Set.of())
                            .send(
                                    EgressRequest.post(
                                            "http://example.com:" + server.port(),
                                            Map.of("x-signature", "s"),
                                            "{}".getBytes(StandardCharsets.UTF_8)))
                            .await()
                            .atMost(Duration.ofSeconds(5));

            assertThat(outcome).isInstanceOf(EgressOutcome.Answered.class);
            assertThat(server.heads().getFirst())
                    .startsWith("POST / HTTP/1.1\n")
                    .containsIgnoringCase("x-signature: s")
                    .containsIgnoringCase("content-length: 2");
        }
    }

    @Test
    void aNameThatLeadsInsideTheSecondTimeIsAskedOnlyOnce() throws IOException {
        names.add(List.of(IN_THE_OPEN));
        names.add(List.of(INSIDE));
        try (ScriptedServer server = server(saying(OK));
                ScriptedServer inside = new ScriptedServer(INSIDE, server.port(), saying(OK))) {
            String url = "http://rebinding.example:%d/".formatted(server.port());

            assertThat(send(url)).isInstanceOf(EgressOutcome.Answered.class);
            assertThat(server.heads()).hasSize(1);
            assertThat(names).as("resolved once").hasSize(1);

            assertThat(send(url)).isEqualTo(new EgressOutcome.Refused(EgressRefusal.NOT_PUBLIC));
            assertThat(inside.heads()).isEmpty();
        }
    }

    @Test
    void oneInnerAddressAmongOuterOnesIsEnoughToRefuse() throws IOException {
        names.add(List.of(IN_THE_OPEN, INSIDE));
        try (ScriptedServer server = server(saying(OK))) {
            assertThat(send("http://example.com:" + server.port()))
                    .isEqualTo(new EgressOutcome.Refused(EgressRefusal.NOT_PUBLIC));
            assertThat(server.heads()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308, 304})
    void doesNotFollowRedirects(int status) throws IOException {
        names.add(List.of(IN_THE_OPEN));
        try (ScriptedServer inside = new ScriptedServer(INSIDE, 0, saying(OK));
                ScriptedServer server =
                        server(
                                saying(
                                        "HTTP/1.1 %d Elsewhere\r\nLocation: http://127.0.0.2:%d/\r\nContent-Length: 0\r\n\r\n"
                                                .formatted(status, inside.port())))) {
            assertThat(send("http://example.com:" + server.port()))
                    .isEqualTo(new EgressOutcome.Failed(EgressFault.REDIRECTED));
            assertThat(inside.heads()).isEmpty();
        }
    }

    @Test
    void aBodyThatDripsEndsAtTheDeadline() throws IOException {
        names.add(List.of(IN_THE_OPEN));
        try (ScriptedServer server =
                server(
                        out -> {
                            out.write(
                                    "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
                                            .getBytes(StandardCharsets.ISO_8859_1));
                            for (int i = 0; i < 100; i++) {
                                out.write('x');
                                out.flush();
                                Thread.sleep(50);
                            }
                        })) {
            assertEndsAtTheDeadline(server);
        }
    }

    @Test
    void aHeadThatDripsEndsAtTheDeadline() throws IOException {
        names.add(List.of(IN_THE_OPEN));
        try (ScriptedServer server =
                server(
                        out -> {
                            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.ISO_8859_1));
                            for (int i = 0; i < 100; i++) {
                                out.write("a: b\r\n".getBytes(StandardCharsets.ISO_8859_1));
                                out.flush();
                                Thread.sleep(50);
                            }
                        })) {
            assertEndsAtTheDeadline(server);
        }
    }

    @Test
    void aServerThatSaysNothingEndsAtTheDeadline() throws IOException {
        names.add(List.of(IN_THE_OPEN));
        try (ScriptedServer server = server(out -> Thread.sleep(5000))) {
            assertEndsAtTheDeadline(server);
        }
    }

    @Test
    void takesNoBodyAboveItsBound() throws IOException {
        String most = "x".repeat(LARGEST_BODY);
        names.add(List.of(IN_THE_OPEN));
        try (ScriptedServer server =
                server(
                        saying(
                                "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
                                        .formatted(LARGEST_BODY, most)))) {
            assertThat(send("http://example.com:" + server.port()))
                    .isInstanceOf(EgressOutcome.Answered.class);
        }
        names.add(List.of(IN_THE_OPEN));
        try (ScriptedServer server = server(EgressIT::endlessChunks)) {
            assertThat(send("http://example.com:" + server.port()))
                    .isEqualTo(new EgressOutcome.Failed(EgressFault.TOO_LARGE));
        }
    }

    @Test
    void takesNoHeadAboveItsBound() throws IOException {
        names.add(List.of(IN_THE_OPEN));
        try (ScriptedServer server =
                server(
                        saying(
                                "HTTP/1.1 200 OK\r\nx: %s\r\nContent-Length: 0\r\n\r\n"
                                        .formatted("y".repeat(20_000))))) {
            assertThat(send("http://example.com:" + server.port()))
                    .isEqualTo(new EgressOutcome.Failed(EgressFault.TOO_LARGE));
        }
    }

    @Test
    void unpacksNothing() throws IOException {
        names.add(List.of(IN_THE_OPEN));
        try (ScriptedServer server =
                server(
                        saying(
                                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"))) {
            assertThat(send("http://example.com:" + server.port()))
                    .isEqualTo(new EgressOutcome.Failed(EgressFault.ENCODED));
        }
    }

    @Test
    void tellsABrokenAnswerFromNone() throws IOException {
        names.add(List.of(IN_THE_OPEN));
        try (ScriptedServer server =
                server(saying("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"))) {
            assertThat(send("http://example.com:" + server.port()))
                    .isEqualTo(new EgressOutcome.Failed(EgressFault.BROKEN_OFF));
        }
        int nobody;
        try (ScriptedServer gone = server(saying(OK))) {
            nobody = gone.port();
        }
        names.add(List.of(IN_THE_OPEN));
        assertThat(send("http://example.com:" + nobody))
                .isEqualTo(new EgressOutcome.Failed(EgressFault.UNREACHABLE));
    }

    @Test
    void aNameWithoutAnAddressIsRefused() {
        assertThat(send("http://nowhere.example:8081"))
                .isEqualTo(new EgressOutcome.Refused(EgressRefusal.UNRESOLVED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://[::1]/",
                "http://[::ffff:169.254.169.254]/",
                "http://[fd00:ec2::254]/",
                "https://10.0.0.1/",
                "http://localhost/"
            })
    void refusesInnerAddressesAsItReallyRuns(String url) {
        Egress egress = new Egress(VERTX, policy(80, Set.of()));

        assertThat(egress.send(EgressRequest.get(url)).await().atMost(Duration.ofSeconds(5)))
                .isEqualTo(new EgressOutcome.Refused(EgressRefusal.NOT_PUBLIC));
    }

    @Test
    void asksTheAllowedPortsAndSchemesAlone() {
        assertThat(send("http://example.com:22/"))
                .isEqualTo(new EgressOutcome.Refused(EgressRefusal.PORT));
        assertThat(send("file:///etc/passwd"))
                .isEqualTo(new EgressOutcome.Refused(EgressRefusal.SCHEME));
    }

    @Test
    void asksInsideWhereTheOperatorVouchesForIt() throws IOException {
        try (ScriptedServer inside = new ScriptedServer(INSIDE, 0, saying(OK))) {
            String origin = "http://127.0.0.2:" + inside.port();
            Egress egress = egress(80, Set.of(origin));

            assertThat(
                            egress.send(EgressRequest.get(origin + "/api/tags"))
                                    .await()
                                    .atMost(Duration.ofSeconds(5)))
                    .isInstanceOf(EgressOutcome.Answered.class);
            assertThat(egress.isOperators(origin + "/x")).isTrue();
            assertThat(egress.isOperators("http://127.0.0.2:1/")).isFalse();
            assertThat(egress.isAcceptable("http://127.0.0.2/")).isFalse();
            assertThat(egress.isAcceptable("http://example.com/")).isTrue();
        }
    }

    @Test
    void opensNoMoreThanItMay() throws IOException {
        names.add(List.of(IN_THE_OPEN));
        names.add(List.of(IN_THE_OPEN));
        try (ScriptedServer server = server(out -> Thread.sleep(5000))) {
            Egress egress = egress(server.port(), Set.of());
            EgressRequest request = EgressRequest.get("http://example.com:" + server.port());
            var first = egress.send(request).subscribe().asCompletionStage();
            var second = egress.send(request).subscribe().asCompletionStage();
            assertThat(egress.send(request).await().atMost(Duration.ofSeconds(5)))
                    .isEqualTo(new EgressOutcome.Refused(EgressRefusal.BUSY));
            first.cancel(true);
            assertThat(second.join()).isEqualTo(new EgressOutcome.Failed(EgressFault.TIMED_OUT));
            names.add(List.of(INSIDE));
            assertThat(egress.send(request).await().atMost(Duration.ofSeconds(5)))
                    .isEqualTo(new EgressOutcome.Refused(EgressRefusal.NOT_PUBLIC));
        }
    }

    @Test
    void leavesTheConnectionsHeadersToTheConnection() {
        assertThatThrownBy(
                        () ->
                                EgressRequest.post(
                                        "http://example.com",
                                        Map.of("Host", "127.0.0.1"),
                                        new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void assertEndsAtTheDeadline(ScriptedServer server) {
        Instant begun = Instant.now();
        assertThat(send("http://example.com:" + server.port()))
                .isEqualTo(new EgressOutcome.Failed(EgressFault.TIMED_OUT));
        assertThat(Duration.between(begun, Instant.now()))
                .isBetween(Duration.ofMillis(900), Duration.ofMillis(2500));
    }

    private static void endlessChunks(java.io.OutputStream out) throws IOException {
        out.write(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        .getBytes(StandardCharsets.ISO_8859_1));
        byte[] chunk =
                ("1000\r\n" + "x".repeat(4096) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 10_000; i++) {
            out.write(chunk);
        }
    }

    private EgressOutcome send(String url) {
        int colon = url.lastIndexOf(':');
        String port = url.substring(colon + 1).replaceAll("[^0-9].*", "");
        int allowed = port.isEmpty() || port.equals("22") ? 80 : Integer.parseInt(port);
        return egress(allowed, Set.of())
                .send(EgressRequest.get(url))
                .await()
                .atMost(Duration.ofSeconds(5));
    }

    private Egress egress(int port, Set<String> operatorOrigins) {
        return new Egress(VERTX, policy(port, operatorOrigins), this::resolve, IN_THE_OPEN::equals);
    }

    private List<InetAddress> resolve(String host) throws UnknownHostException {
        List<InetAddress> next = names.poll();
        if (next == null) {
            throw new UnknownHostException(host);
        }
        return next;
    }

    private static EgressPolicy policy(int port, Set<String> operatorOrigins) {
        return new EgressPolicy(
                Set.of("http", "https"),
                Set.of(port, 443),
                operatorOrigins,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                8192,
                LARGEST_BODY,
                2);
    }

    private static ScriptedServer server(ScriptedServer.Script script) throws IOException {
        return new ScriptedServer(IN_THE_OPEN, 0, script);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
