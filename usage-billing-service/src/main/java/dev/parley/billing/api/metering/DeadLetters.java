package dev.parley.billing.api.metering;

import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
     * Parks a record in its topic's dead letters; returns once Kafka has it.
     *
     * @param reason a code, never a part of the record
     */
    public void park(ConsumerRecord<String, byte[]> record, String reason) {
        LOG.log(
                System.Logger.Level.WARNING,
                "{0}-{1}@{2} is parked: {3}",
                record.topic(),
                record.partition(),
                record.offset(),
                reason);
        Headers headers = new RecordHeaders(record.headers().toArray());
        headers.remove(REASON);
        headers.add(REASON, reason.getBytes(StandardCharsets.UTF_8));
        byte[] value = record.value() == null ? new byte[0] : record.value();
        emitter.sendMessage(
                        Message.of(value)
                                .addMetadata(
                                        OutgoingKafkaRecordMetadata.<String>builder()
                                                .withTopic(record.topic() + ".dlq")
                                                .withKey(record.key())
                                                .withHeaders(headers)
                                                .build()))
                .await()
                .atMost(PATIENCE);
    }
}
