package dev.parley.billing.app.quota;

import dev.parley.billing.business.quota.LedgerGap;
import dev.parley.billing.business.quota.LedgerGaps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;

/** Measures how far the ledger is behind the calls that were admitted. */
@ApplicationScoped
public class MeasureLedgerGap {
    private static final Duration ESTIMATES_MATTER_FOR = Duration.ofDays(1);

    private final LedgerGaps gaps;

    @Inject
    MeasureLedgerGap(LedgerGaps gaps) {
        this.gaps = gaps;
    }

    public LedgerGap handle(Instant now) {
        return gaps.at(now, now.minus(ESTIMATES_MATTER_FOR));
    }
}
