package dev.parley.billing.api.metering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class EventsTest {
    private static final UUID ID = UUID.fromString("0192f0c1-a2b3-7c4d-8e5f-60718293a4b5");
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CONVERSATION = "conv_0192f0c1a2b37c4d8e5f60718293a4b5";
    private static final String RESPONSE = "resp_0192f0c1a2b37c4d8e5f60718293a4b6";
    private static final String NAME =
            "parley.usage-2@17 event=%s trace=%s conversation=%s response=%s"
                    .formatted(ID, TRACE, CONVERSATION, RESPONSE);

    @Test
    void namesAnEventByItsIds() {
        assertThat(Events.named(event(data(CONVERSATION)))).isEqualTo(NAME);
    }

    @Test
    void tellsNothingThatIsNoId() {
        assertThat(Events.named(event(data("a secret"))))
                .doesNotContain("secret")
                .contains("response=" + RESPONSE);
        assertThat(Events.named(new ConsumerRecord<>("t", 0, 1, "key", new byte[] {1})))
                .isEqualTo("t-0@1");
    }

    @Test
    void namesTheFirstOfManyEvents() {
        String names = Events.named(Collections.nCopies(200, event(data(CONVERSATION))));

        assertThat(names).startsWith(NAME + ", ").endsWith(" and 190 more");
        assertThat(names.length()).isLessThan(3_000);
    }

    @Test
    void eventsThatWaitAreNamedInTheLog() {
        Lines lines = new Lines();
        AtomicInteger attempts = new AtomicInteger();
        Logger log = Logger.getLogger(Persistence.class.getName());
        log.addHandler(lines);
        try {
            Persistence.untilDone(
                    List.of(event(data(CONVERSATION))),
                    () -> {
                        if (attempts.incrementAndGet() == 1) {
                            throw new AssertionError("the driver's own");
                        }
                    });
        } finally {
            log.removeHandler(lines);
        }

        assertThat(lines.text.toString()).contains(NAME);
    }

    private static ConsumerRecord<String, byte[]> event(String data) {
        ConsumerRecord<String, byte[]> event =
                new ConsumerRecord<>("parley.usage", 2, 17, "org_1", data.getBytes(UTF_8));
        event.headers().add("ce_id", ID.toString().getBytes(UTF_8));
        event.headers()
                .add("traceparent", ("00-" + TRACE + "-b7ad6b7169203331-01").getBytes(UTF_8));
        return event;
    }

    private static String data(String conversation) {
        return "{\"call\":\"chatcmpl-1\",\"conversation\":\"%s\", \"response\" : \"%s\"}"
                .formatted(conversation, RESPONSE);
    }

    private static final class Lines extends Handler {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void publish(LogRecord line) {
            Object[] parameters = line.getParameters();
            text.append(line.getMessage());
            if (parameters != null) {
                text.append(
                        List.of(parameters).stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(" ")));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
