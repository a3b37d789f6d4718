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
    private final ObjectMapper json;

    private record Received(ConsumerRecord<String, byte[]> source, UsageRecord usage) {}

    @Inject
    UsageListener(
            RecordUsage recordUsage,
            RefreshEntitlements prices,
            DeadLetters deadLetters,
            ObjectMapper json) {
        this.prices = prices;
        this.recordUsage = recordUsage;
        this.deadLetters = deadLetters;
        this.json = StrictJson.tolerant(json);
    }

    @Incoming("usage")
    @Blocking
    void take(ConsumerRecords<String, byte[]> records) {
        EventSpans.handling(records, Events.GROUP, () -> takeAll(records));
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
            charge(readable);
        } catch (RuntimeException someRecordIsImpossible) {
            readable.forEach(this::chargeOrPark);
        }
    }

    private void chargeOrPark(Received one) {
        try {
            charge(List.of(one));
        } catch (RuntimeException impossible) {
            deadLetters.park(one.source(), "not_recordable");
        }
    }

    private void charge(List<Received> records) {
        List<UsageRecord> usages = records.stream().map(Received::usage).toList();
        Persistence.untilDone(
                () -> {
                    if (!prices.isReady()) {
                        prices.handle();
                    }
                    recordUsage.handle(usages);
                });
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
            UsageRecorded data = json.readValue(record.value(), UsageRecorded.class);
            return Optional.of(new Received(record, data.toDomain(id.get())));
        } catch (IOException | IllegalArgumentException | ArithmeticException unreadable) {
            deadLetters.park(record, "unreadable_data");
            return Optional.empty();
        }
    }
}
