package dev.parley.conversation.api.response;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conversation.app.response.RecordCosts;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.Cost;
import dev.parley.conversation.business.response.PricedCall;
import dev.parley.conversation.business.response.TokenUsage;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.telemetry.EventSpans;
import dev.parley.platform.telemetry.LogScope;
import dev.parley.platform.web.Outages;
import dev.parley.platform.web.StrictJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * Hears what calls cost ({@code usage_priced}); what cannot be read or kept is parked with the
 * reason.
 */
@ApplicationScoped
class BillingListener {
    static final String USAGE_PRICED = "dev.parley.billing.usage_priced.v1";
    private static final System.Logger LOG = System.getLogger(BillingListener.class.getName());

    private static final String GROUP = "conversation-service";
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RecordCosts recordCosts;
    private final ObjectMapper json;
    private final MutinyEmitter<String> parked;

    @Inject
    BillingListener(
            RecordCosts recordCosts,
            ObjectMapper json,
            @Channel("billing-parked") MutinyEmitter<String> parked) {
        this.recordCosts = recordCosts;
        this.json = StrictJson.tolerant(json);
        this.parked = parked;
    }

    /** What of the event matters here. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record UsagePriced(
            String call,
            String organization,
            @Nullable String response,
            long inputTokens,
            long outputTokens,
            boolean estimated,
            Amount cost) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Amount(long amount, String currency) {}

    private record Priced(ConsumerRecord<String, String> event, PricedCall call) {
        Map<String, String> ids() {
            return Map.of("parley.response.id", PublicId.format("resp_", call.response().value()));
        }
    }

    /** One batch, one transaction; offsets are committed after it, so a batch may come again. */
    @Incoming("billing")
    @Blocking
    void hear(ConsumerRecords<String, String> events) {
        EventSpans.handling(events, GROUP, () -> take(events));
    }

    private void take(ConsumerRecords<String, String> events) {
        List<Priced> priced = new ArrayList<>();
        for (ConsumerRecord<String, String> event : events) {
            LogScope.handling(
                    event,
                    () -> take(event).ifPresent(call -> priced.add(new Priced(event, call))));
        }
        if (!priced.isEmpty()) {
            record(priced);
        }
    }

    private Optional<PricedCall> take(ConsumerRecord<String, String> event) {
        if (!USAGE_PRICED.equals(header(event, "ce_type"))) {
            return Optional.empty();
        }
        String id = header(event, "ce_id");
        if (id == null) {
            park(event, "no_event_id");
            return Optional.empty();
        }
        try {
            return read(json, id, event.value());
        } catch (JsonProcessingException | IllegalArgumentException unreadable) {
            park(event, "unreadable_data");
            return Optional.empty();
        }
    }

    /** The charge that an event tells; empty for a call outside of a turn. */
    static Optional<PricedCall> read(ObjectMapper json, String id, String value)
            throws JsonProcessingException {
        UsagePriced priced = json.readValue(value, UsagePriced.class);
        if (priced == null
                || priced.call() == null
                || priced.organization() == null
                || priced.cost() == null
                || priced.cost().currency() == null) {
            throw new IllegalArgumentException("members are missing");
        }
        if (priced.response() == null) {
            return Optional.empty();
        }
        return Optional.of(
                new PricedCall(
                        id,
                        priced.call(),
                        PublicId.parse("resp_", priced.response())
                                .map(ResponseId::new)
                                .orElseThrow(
                                        () -> new IllegalArgumentException("no response's id")),
                        priced.organization(),
                        new Cost(priced.cost().amount(), priced.cost().currency()),
                        new TokenUsage(
                                priced.inputTokens(),
                                0,
                                priced.outputTokens(),
                                priced.estimated())));
    }

    /** All in one transaction; if one of them cannot be recorded, each in its own. */
    private void record(List<Priced> priced) {
        try {
            untilDone(() -> recordCosts.handle(priced.stream().map(Priced::call).toList()));
        } catch (RuntimeException unrecordable) {
            if (Thread.currentThread().isInterrupted()) {
                throw unrecordable;
            }
            if (priced.size() == 1) {
                Priced one = priced.getFirst();
                LogScope.handling(
                        one.event(), one.ids(), () -> parkUnrecordable(one.event(), unrecordable));
                return;
            }
            priced.forEach(one -> record(List.of(one)));
        }
    }

    private void parkUnrecordable(ConsumerRecord<String, String> event, RuntimeException why) {
        LOG.log(System.Logger.Level.WARNING, "a cost cannot be recorded", why);
        park(event, "unrecordable");
    }

    /**
     * The database may be away for long; what turns cost waits for it. A dying connection may raise
     * an {@link Error} of the driver's own.
     */
    private static void untilDone(Runnable work) {
        while (true) {
            try {
                work.run();
                return;
            } catch (VirtualMachineError fatal) {
                throw fatal;
            } catch (RuntimeException | Error failure) {
                if (failure instanceof RuntimeException && !Outages.isOutage(failure)) {
                    throw failure;
                }
                LOG.log(System.Logger.Level.WARNING, () -> "costs wait: " + failure);
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped while costs waited", stop);
            }
        }
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
        parked.sendMessageAndAwait(
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
