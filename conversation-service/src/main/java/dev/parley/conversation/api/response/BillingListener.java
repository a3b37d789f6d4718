package dev.parley.conversation.api.response;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conversation.app.response.RecordCost;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.Cost;
import dev.parley.conversation.business.response.TokenUsage;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.web.StrictJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** Hears what calls cost ({@code usage_priced}); what is not readable is parked with the reason. */
@ApplicationScoped
class BillingListener {
    static final String USAGE_PRICED = "dev.parley.billing.usage_priced.v1";
    private static final System.Logger LOG = System.getLogger(BillingListener.class.getName());

    private final RecordCost recordCost;
    private final ObjectMapper json;
    private final Emitter<String> parked;

    @Inject
    BillingListener(
            RecordCost recordCost,
            ObjectMapper json,
            @Channel("billing-parked") Emitter<String> parked) {
        this.recordCost = recordCost;
        this.json = StrictJson.tolerant(json);
        this.parked = parked;
    }

    /** What of the event matters here. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record UsagePriced(
            String organization,
            @Nullable String response,
            long inputTokens,
            long outputTokens,
            boolean estimated,
            Amount cost) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Amount(long amount, String currency) {}

    @Incoming("billing")
    @RunOnVirtualThread
    void hear(ConsumerRecord<String, String> event) {
        if (!USAGE_PRICED.equals(header(event, "ce_type"))) {
            return;
        }
        String id = header(event, "ce_id");
        Optional<RecordCost.Command> command;
        try {
            if (id == null) {
                throw new IllegalArgumentException("no ce_id");
            }
            command = read(json, id, event.value());
        } catch (JsonProcessingException | IllegalArgumentException unreadable) {
            park(event, unreadable.getClass().getSimpleName());
            return;
        }
        command.ifPresent(recordCost::handle);
    }

    static Optional<RecordCost.Command> read(ObjectMapper json, String id, String value)
            throws JsonProcessingException {
        UsagePriced priced = json.readValue(value, UsagePriced.class);
        if (priced == null || priced.cost() == null || priced.organization() == null) {
            throw new IllegalArgumentException("members are missing");
        }
        if (priced.response() == null) {
            return Optional.empty();
        }
        return PublicId.parse("resp_", priced.response())
                .map(
                        response ->
                                new RecordCost.Command(
                                        id,
                                        new ResponseId(response),
                                        priced.organization(),
                                        new Cost(priced.cost().amount(), priced.cost().currency()),
                                        new TokenUsage(
                                                priced.inputTokens(),
                                                0,
                                                priced.outputTokens(),
                                                priced.estimated())));
    }

    private void park(ConsumerRecord<String, String> event, String reason) {
        LOG.log(
                System.Logger.Level.WARNING,
                () ->
                        "parked an event of "
                                + event.topic()
                                + " at "
                                + event.offset()
                                + ": "
                                + reason);
        RecordHeaders headers = new RecordHeaders(event.headers().toArray());
        headers.add("parley-dlq-reason", reason.getBytes(StandardCharsets.UTF_8));
        parked.send(
                Message.of(event.value())
                        .addMetadata(
                                OutgoingKafkaRecordMetadata.<String>builder()
                                        .withKey(event.key())
                                        .withHeaders(headers)
                                        .build()));
    }

    private static @Nullable String header(ConsumerRecord<String, String> event, String name) {
        Header header = event.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
