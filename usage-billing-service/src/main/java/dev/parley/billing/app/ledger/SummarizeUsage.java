package dev.parley.billing.app.ledger;

import dev.parley.billing.business.ledger.Dimension;
import dev.parley.billing.business.ledger.Period;
import dev.parley.billing.business.ledger.UsageTotal;
import dev.parley.billing.business.ledger.UsageTotals;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.metering.SubjectId;
import dev.parley.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;

/** Sums up usage: a person's own, or the organization's for its administrators and auditors. */
@ApplicationScoped
public class SummarizeUsage {
    private final UsageTotals totals;
    private final Clock clock;

    @Inject
    SummarizeUsage(UsageTotals totals, Clock clock) {
        this.totals = totals;
        this.clock = clock;
    }

    @Transactional
    public List<UsageTotal> handle(Caller caller, Dimension by, Period period) {
        boolean seesEverybody = caller.hasRole("admin") || caller.hasRole("auditor");
        return totals.sum(
                new OrganizationId(caller.organization()),
                seesEverybody ? null : new SubjectId(caller.subject()),
                by,
                period.firstDay(clock.instant()));
    }
}
