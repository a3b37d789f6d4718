package dev.parley.billing.api.metering;

import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Where events go that cannot be read, with the reason. */
@ApplicationScoped
public class DeadLetters {
    private static final System.Logger LOG = System.getLogger(DeadLetters.class.getName());
    private static final String REASON = "parley-dlq-reason";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MutinyEmitter<byte[]> emitter;

    @Inject
    DeadLetters(@Channel("dead-letters") MutinyEmitter<byte[]> emitter) {
        this.emitter = emitter;
    }

    /**
     * Parks a record in its topic's dead letters; returns once Kafka has it, however long that is.
     *
     * @param reason a code, never a part of the record
     */
    public void park(ConsumerRecord<String, byte[]> record, String reason) {
        LOG.log(System.Logger.Level.WARNING, "{0} is parked: {1}", Events.named(record), reason);
        Headers headers = new RecordHeaders(record.headers().toArray());
        headers.remove(REASON);
        headers.add(REASON, reason.getBytes(StandardCharsets.UTF_8));
        while (!sent(record, headers)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a dead letter waits for Kafka: {0}",
                    Events.named(record));
        }
    }

    /** Does what an event asks for; parks it when that fails for another reason than an outage. */
    public void doOrPark(ConsumerRecord<String, byte[]> record, Runnable work) {
        try {
            Persistence.untilDone(List.of(record), work);
        } catch (Persistence.Stopped stopped) {
            throw stopped;
        } catch (RuntimeException impossible) {
            park(record, "not_recordable");
        }
    }

    private boolean sent(ConsumerRecord<String, byte[]> record, Headers headers) {
        byte[] value = record.value() == null ? new byte[0] : record.value();
        OutgoingKafkaRecordMetadata<String> target =
                OutgoingKafkaRecordMetadata.<String>builder()
                        .withTopic(record.topic() + ".dlq")
                        .withKey(record.key())
                        .withHeaders(headers)
                        .build();
        return emitter.sendMessage(Message.of(value).addMetadata(target))
                .replaceWith(true)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .recoverWithItem(false)
                .await()
                .indefinitely();
    }
}
