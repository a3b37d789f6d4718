package dev.parley.billing.api.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.billing.api.metering.DeadLetters;
import dev.parley.billing.api.metering.Events;
import dev.parley.billing.api.metering.ListenersLiveness;
import dev.parley.billing.api.metering.Persistence;
import dev.parley.billing.app.audit.RecordDeeds;
import dev.parley.billing.business.audit.Deed;
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

/** Takes what all services tell was done or refused, a batch in one transaction. */
@ApplicationScoped
class AuditListener {
    private final RecordDeeds recordDeeds;
    private final DeadLetters deadLetters;
    private final ListenersLiveness liveness;
    private final ObjectMapper json;

    private record Received(ConsumerRecord<String, byte[]> source, Deed deed) {}

    @Inject
    AuditListener(
            RecordDeeds recordDeeds,
            DeadLetters deadLetters,
            ListenersLiveness liveness,
            ObjectMapper json) {
        this.recordDeeds = recordDeeds;
        this.deadLetters = deadLetters;
        this.liveness = liveness;
        this.json = StrictJson.tolerant(json);
    }

    @Incoming("audit")
    @Blocking
    void take(ConsumerRecords<String, byte[]> records) {
        liveness.watch("audit", () -> takeAll(records));
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
                    readable.stream().map(Received::source).toList(), () -> put(readable));
        } catch (Persistence.Stopped stopped) {
            throw stopped;
        } catch (RuntimeException someDeedIsImpossible) {
            readable.forEach(one -> deadLetters.doOrPark(one.source(), () -> put(List.of(one))));
        }
    }

    private void put(List<Received> received) {
        recordDeeds.handle(received.stream().map(Received::deed).toList());
    }

    private Optional<Received> read(ConsumerRecord<String, byte[]> record) {
        Optional<UUID> id = Events.id(record);
        if (id.isEmpty()) {
            deadLetters.park(record, "no_event_id");
            return Optional.empty();
        }
        if (!AuditRecorded.TYPE.matcher(Events.type(record)).matches()) {
            deadLetters.park(record, "unknown_type");
            return Optional.empty();
        }
        try {
            AuditRecorded data = Events.data(record, json, AuditRecorded.class);
            Deed deed =
                    data.toDomain(
                            id.get(), Events.service(record), Events.trace(record).orElse(null));
            return Optional.of(new Received(record, deed));
        } catch (IOException | RuntimeException unreadable) {
            deadLetters.park(record, "unreadable_data");
            return Optional.empty();
        }
    }
}
