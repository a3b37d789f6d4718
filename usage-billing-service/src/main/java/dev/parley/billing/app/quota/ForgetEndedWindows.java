package dev.parley.billing.app.quota;

import dev.parley.billing.business.quota.Admissions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/** Drops the counters of windows that ended so long ago that nobody asks for them. */
@ApplicationScoped
public class ForgetEndedWindows {
    private static final Duration KEPT = Duration.ofDays(3);

    private final Admissions admissions;

    @Inject
    ForgetEndedWindows(Admissions admissions) {
        this.admissions = admissions;
    }

    @Transactional
    public void handle(Instant now) {
        admissions.forgetWindowsBefore(now.minus(KEPT));
    }
}
