package dev.parley.billing.api.metering;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.billing.app.metering.RecordUsage;
import dev.parley.billing.app.quota.RefreshEntitlements;
import dev.parley.billing.business.metering.UsageRecord;
import dev.parley.platform.telemetry.EventSpans;
import dev.parley.platform.web.StrictJson;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Takes what the gateway used, a batch in one transaction. Offsets are committed after that
 * transaction, so a batch may come again, and then changes nothing.
 */
@ApplicationScoped
class UsageListener {
    private final RecordUsage recordUsage;
    private final RefreshEntitlements prices;
    private final DeadLetters deadLetters;
    private final ListenersLiveness liveness;
    private final ObjectMapper json;

    private record Received(ConsumerRecord<String, byte[]> source, UsageRecord usage) {}

    @Inject
    UsageListener(
            RecordUsage recordUsage,
            RefreshEntitlements prices,
            DeadLetters deadLetters,
            ListenersLiveness liveness,
            ObjectMapper json) {
        this.prices = prices;
        this.recordUsage = recordUsage;
        this.deadLetters = deadLetters;
        this.liveness = liveness;
        this.json = StrictJson.tolerant(json);
    }

    @Incoming("usage")
    @Blocking
    void take(ConsumerRecords<String, byte[]> records) {
        liveness.watch(
                "usage", () -> EventSpans.handling(records, Events.GROUP, () -> takeAll(records)));
    }

    private void takeAll(ConsumerRecords<String, byte[]> records) {
        List<Received> readable = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            read(record).ifPresent(readable::add);
        }
        if (readable.isEmpty()) {
            return;
        }
        try {
            Persistence.untilDone(
                    readable.stream().map(Received::source).toList(), () -> charge(readable));
        } catch (Persistence.Stopped stopped) {
            throw stopped;
        } catch (RuntimeException someRecordIsImpossible) {
            readable.forEach(one -> deadLetters.doOrPark(one.source(), () -> charge(List.of(one))));
        }
    }

    private void charge(List<Received> records) {
        if (!prices.isReady()) {
            prices.handle();
        }
        recordUsage.handle(records.stream().map(Received::usage).toList());
    }

    private Optional<Received> read(ConsumerRecord<String, byte[]> record) {
        Optional<UUID> id = Events.id(record);
        if (id.isEmpty()) {
            deadLetters.park(record, "no_event_id");
            return Optional.empty();
        }
        if (!Events.type(record).equals(UsageRecorded.TYPE)) {
            deadLetters.park(record, "unknown_type");
            return Optional.empty();
        }
        try {
            UsageRecorded data = Events.data(record, json, UsageRecorded.class);
            return Optional.of(new Received(record, data.toDomain(id.get())));
        } catch (IOException | RuntimeException unreadable) {
            deadLetters.park(record, "unreadable_data");
            return Optional.empty();
        }
    }
}
