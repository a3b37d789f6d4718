package dev.parley.billing.api.quota;

import dev.parley.billing.app.quota.MeasureLedgerGap;
import dev.parley.billing.business.quota.LedgerGap;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;

/**
 * {@code parley_ledger_unsettled_calls}, {@code parley_ledger_unsettled_oldest_seconds} and {@code
 * parley_ledger_estimated_calls}; -1 means that the database did not answer.
 */
@ApplicationScoped
class LedgerGapGauges {
    private static final Duration MEASURED_FOR = Duration.ofSeconds(5);

    private final MeasureLedgerGap measure;
    private final Clock clock;
    private LedgerGap last = new LedgerGap(0, Duration.ZERO, 0);
    private Instant measuredAt = Instant.EPOCH;

    @Inject
    LedgerGapGauges(MeasureLedgerGap measure, Clock clock) {
        this.measure = measure;
        this.clock = clock;
    }

    void register(@Observes StartupEvent started, MeterRegistry meters) {
        Gauge.builder("parley.ledger.unsettled.calls", () -> value(LedgerGap::unsettled))
                .description("Calls past their lease that nothing has settled")
                .register(meters);
        Gauge.builder(
                        "parley.ledger.unsettled.oldest",
                        () -> value(gap -> gap.longestUnsettled().toMillis() / 1000.0))
                .description("For how long the oldest of them has been past its lease")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("parley.ledger.estimated.calls", () -> value(LedgerGap::estimated))
                .description("Calls of the last day whose records have not replaced an estimate")
                .register(meters);
    }

    private double value(ToDoubleFunction<LedgerGap> part) {
        try {
            return part.applyAsDouble(gap());
        } catch (RuntimeException unreachable) {
            return -1;
        }
    }

    private synchronized LedgerGap gap() {
        Instant now = clock.instant();
        if (now.isAfter(measuredAt.plus(MEASURED_FOR))) {
            last = measure.handle(now);
            measuredAt = now;
        }
        return last;
    }
}
