package dev.parley.billing.app.ledger;

import dev.parley.billing.business.ledger.EntryId;
import dev.parley.billing.business.ledger.Ledger;
import dev.parley.billing.business.ledger.LedgerEntry;
import dev.parley.billing.business.ledger.UsageTotals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Derives every total from the ledger again; the result is what it was. */
@ApplicationScoped
public class RebuildTotals {
    private static final int PAGE = 1000;

    private final Ledger ledger;
    private final UsageTotals totals;

    @Inject
    RebuildTotals(Ledger ledger, UsageTotals totals) {
        this.ledger = ledger;
        this.totals = totals;
    }

    @Transactional
    public void handle() {
        totals.clear();
        @Nullable EntryId last = null;
        List<LedgerEntry> page;
        do {
            page = ledger.after(last, PAGE);
            totals.add(page);
            last = page.isEmpty() ? last : page.getLast().id();
        } while (page.size() == PAGE);
    }
}
