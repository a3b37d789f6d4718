package dev.parley.billing.business.ledger;

import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.metering.SubjectId;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Running totals per day, derived from the ledger in the transaction of each entry. */
public interface UsageTotals {
    /** Adds what the entries moved. */
    void add(List<LedgerEntry> entries);

    /**
     * The sums of one organization since a day.
     *
     * @param subject only this subject's usage; null for everybody's
     */
    List<UsageTotal> sum(
            OrganizationId organization,
            @Nullable SubjectId subject,
            Dimension by,
            LocalDate firstDay);

    /** Forgets every total; what follows has to add them all again. */
    void clear();
}
