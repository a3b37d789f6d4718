package dev.parley.testing.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server of this test's own, which answers one call at a time. */
class LoadGeneratorTest {
    private static final String ANSWER =
            "{\"choices\":[{\"message\":{\"content\":\"one two\"}}],\"usage\":{\"total_tokens\":4}}";

    private final AtomicInteger calls = new AtomicInteger();
    private final ReentrantLock oneAtATime = new ReentrantLock(true);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server = server();

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() {
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.close();
    }

    @Test
    void keepsEveryCallerBusy() {
        answer(200, ANSWER, call -> 20);

        Observations seen = run(new Load.Closed(4));

        assertThat(seen.errors()).isZero();
        assertThat(seen.answers()).isBetween(8L, 20L);
        assertThat(seen.latency().getMinValue()).isGreaterThanOrEqualTo(60_000);
        assertThat(seen.calls()).isEqualTo(calls.get()).isGreaterThan(seen.answers());
    }

    @Test
    void countsTheWaitFromWhenACallWasDueThoughTheServerStops() {
        // Calls are due every 20 ms; the fifth that is measured holds up the ten behind it.
        answer(200, ANSWER, call -> call == 14 ? 220 : 0);

        Observations seen = run(new Load.Open(50));

        assertThat(calls.get()).isEqualTo(30);
        assertThat(seen.answers()).isEqualTo(20);
        assertThat(seen.errors()).isZero();
        assertThat(seen.latency().getCountBetweenValues(30_000, 60_000_000)).isBetween(8L, 15L);
        assertThat(seen.latency().getMaxValue()).isGreaterThanOrEqualTo(219_000);
    }

    @Test
    void countsWhatIsNotAWholeAnswerAsAnError() {
        answer(200, ANSWER.replace("two", ""), call -> 0);
        assertThat(run(new Load.Open(50)).faults())
                .isEqualTo(Map.of("1 tokens of text, not 2", 30));
    }

    @Test
    void countsARefusalAsAnError() {
        answer(429, "{}", call -> 0);

        Observations seen = run(new Load.Open(50));

        assertThat(seen.faults()).isEqualTo(Map.of("status 429", 30));
        assertThat(seen.answers()).isZero();
    }

    private Observations run(Load load) {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
        Target target = new Target("test", Door.CHAT_COMPLETIONS, base, Map.of());
        try (LoadGenerator generator = new LoadGenerator(2)) {
            return generator.run(
                    target, false, load, Duration.ofMillis(200), Duration.ofMillis(400));
        }
    }

    private interface Delay {
        int millis(int call);
    }

    private void answer(int status, String body, Delay delay) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/v1/chat/completions",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    oneAtATime.lock();
                    try {
                        Thread.sleep(delay.millis(calls.getAndIncrement()));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        oneAtATime.unlock();
                    }
                    exchange.sendResponseHeaders(status, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }
}
