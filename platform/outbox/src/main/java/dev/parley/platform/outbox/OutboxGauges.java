package dev.parley.platform.outbox;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** {@code parley_outbox_events} and {@code parley_outbox_oldest_seconds}. */
@ApplicationScoped
class OutboxGauges {
    private static final Duration MEASURED_FOR = Duration.ofSeconds(5);

    private final AgroalDataSource database;
    private final OutboxTable table;
    private OutboxTable.Backlog last = new OutboxTable.Backlog(0, 0);
    private Instant measuredAt = Instant.EPOCH;

    @Inject
    OutboxGauges(AgroalDataSource database, OutboxTable table) {
        this.database = database;
        this.table = table;
    }

    void register(@Observes StartupEvent started, MeterRegistry meters) {
        Gauge.builder("parley.outbox.events", this, gauges -> gauges.backlog().events())
                .description("Events that wait to be sent")
                .register(meters);
        Gauge.builder("parley.outbox.oldest", this, gauges -> gauges.backlog().oldestAgeSeconds())
                .description("Age of the oldest event that waits")
                .baseUnit("seconds")
                .register(meters);
    }

    private synchronized OutboxTable.Backlog backlog() {
        Instant now = Instant.now();
        if (now.isAfter(measuredAt.plus(MEASURED_FOR))) {
            try (Connection connection = database.getConnection()) {
                last = table.backlog(connection);
                measuredAt = now;
            } catch (SQLException unreachable) {
                return new OutboxTable.Backlog(-1, -1);
            }
        }
        return last;
    }
}
