package dev.parley.platform.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class LogScopeTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "00-" + TRACE + "-b7ad6b7169203331-01";

    private final List<Map<String, String>> told = new ArrayList<>();

    @Test
    void tellsTheTraceAndTheIdsOfWork() {
        LogScope.within(
                SPAN, Map.of("parley.thing.id", "thing_1", "organization", "org_1"), this::log);

        assertThat(told)
                .containsExactly(
                        Map.of("trace_id", TRACE, "thing_id", "thing_1", "organization", "org_1"));
        assertThat(LogScope.current()).isEmpty();
    }

    @Test
    void addsWhatAPartOfTheWorkIsAbout() {
        LogScope.within(
                null,
                Map.of("a", "1", "b", "1"),
                () -> LogScope.within(SPAN, Map.of("b", "2"), this::log));

        assertThat(told).containsExactly(Map.of("trace_id", TRACE, "a", "1", "b", "2"));
    }

    @Test
    void tellsOfEachEventThatIsHandled() {
        ConsumerRecord<String, String> late = event("evt_1");
        late.headers()
                .add("traceparent", bytes(SPAN))
                .add("baggage", bytes("parley.thing.id=thing_1"));
        ConsumerRecord<String, String> bare = new ConsumerRecord<>("topic", 0, 0, "key", "{}");

        for (ConsumerRecord<String, String> event : List.of(late, event("evt_2"), bare)) {
            LogScope.handling(event, this::log);
        }

        assertThat(told)
                .containsExactly(
                        Map.of("trace_id", TRACE, "thing_id", "thing_1", "event_id", "evt_1"),
                        Map.of("event_id", "evt_2"),
                        Map.of());
    }

    @Test
    void aBatchOfOneIsHandledAsThatEvent() {
        EventSpans.handling(List.of(event("evt_1")), "group", this::log);
        EventSpans.handling(List.of(event("evt_1"), event("evt_2")), "group", this::log);
        EventSpans.handling(List.of(), "group", this::log);

        assertThat(told).containsExactly(Map.of("event_id", "evt_1"), Map.of(), Map.of());
    }

    @Test
    void keepsWhatIsPutToTheRequestThatIsServed() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            CompletableFuture<Map<String, String>> same = new CompletableFuture<>();
            CompletableFuture<Map<String, String>> other = new CompletableFuture<>();
            Context request = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
            request.runOnContext(ignored -> LogScope.put(Map.of("parley.thing.id", "thing_1")));
            request.runOnContext(ignored -> same.complete(LogScope.current()));
            VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext())
                    .runOnContext(ignored -> other.complete(LogScope.current()));

            assertThat(same.get(5, TimeUnit.SECONDS)).isEqualTo(Map.of("thing_id", "thing_1"));
            assertThat(other.get(5, TimeUnit.SECONDS)).isEmpty();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        }
    }

    private void log() {
        told.add(LogScope.current());
    }

    private static ConsumerRecord<String, String> event(String id) {
        ConsumerRecord<String, String> event = new ConsumerRecord<>("topic", 0, 0, "key", "{}");
        event.headers().add("ce_id", bytes(id));
        return event;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
