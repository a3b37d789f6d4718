package dev.parley.billing.app.quota;

import dev.parley.billing.business.ledger.EntryId;
import dev.parley.billing.business.ledger.EntryKind;
import dev.parley.billing.business.ledger.Ledger;
import dev.parley.billing.business.ledger.LedgerEntry;
import dev.parley.billing.business.ledger.Movement;
import dev.parley.billing.business.ledger.PricedUsage;
import dev.parley.billing.business.ledger.PricedUsages;
import dev.parley.billing.business.ledger.UsageTotals;
import dev.parley.billing.business.metering.TokenUsage;
import dev.parley.billing.business.pricing.CurrentPrices;
import dev.parley.billing.business.pricing.Price;
import dev.parley.billing.business.quota.Hold;
import dev.parley.billing.business.quota.HoldState;
import dev.parley.billing.business.quota.Holds;
import dev.parley.billing.business.quota.LeasePolicy;
import dev.parley.billing.business.quota.ReservationId;
import dev.parley.platform.id.TimeOrderedIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Ends reservations whose lease ended: charged by their last progress if a provider was reached,
 * else given back. A usage record that comes later corrects it.
 */
@ApplicationScoped
public class SettleExpiredReservations {
    private final Holds holds;
    private final Ledger ledger;
    private final UsageTotals totals;
    private final CurrentPrices prices;
    private final PricedUsages announcements;
    private final TimeOrderedIds ids;
    private final LeasePolicy leases;

    @Inject
    SettleExpiredReservations(
            Holds holds,
            Ledger ledger,
            UsageTotals totals,
            CurrentPrices prices,
            PricedUsages announcements,
            TimeOrderedIds ids,
            LeasePolicy leases) {
        this.holds = holds;
        this.ledger = ledger;
        this.totals = totals;
        this.prices = prices;
        this.announcements = announcements;
        this.ids = ids;
        this.leases = leases;
    }

    /** Ends one batch; there may be more when it tells true. */
    @Transactional
    public boolean handle(Instant now) {
        List<Hold> expired = holds.lockExpired(now, leases.sweepBatch());
        List<Hold> ended = new ArrayList<>(expired.size());
        List<LedgerEntry> entries = new ArrayList<>();
        List<PricedUsage> charges = new ArrayList<>();
        for (Hold hold : expired) {
            if (hold.state() instanceof HoldState.Open open && open.reachedProvider()) {
                TokenUsage usage = hold.usageBy(open);
                LedgerEntry entry = estimate(hold, usage, now);
                entries.add(entry);
                charges.add(new PricedUsage(entry, hold.response(), null));
                ended.add(hold.estimatedBy(entry.id(), usage));
            } else {
                ended.add(hold.released());
            }
        }
        if (!ended.isEmpty()) {
            ledger.append(entries);
            totals.add(entries);
            announcements.announce(charges);
            holds.save(ended, byId(expired));
        }
        return expired.size() == leases.sweepBatch();
    }

    private LedgerEntry estimate(Hold hold, TokenUsage usage, Instant now) {
        Price price = prices.get().priceOf(hold.model(), hold.reservedAt());
        return new LedgerEntry(
                new EntryId(ids.next()),
                EntryKind.ESTIMATE,
                hold.call(),
                hold.id().value(),
                null,
                null,
                hold.consumer(),
                hold.model(),
                Movement.of(1, usage, price.costOf(usage)),
                true,
                price.model(),
                price.version(),
                null,
                hold.reservedAt(),
                now);
    }

    private static Map<ReservationId, Hold> byId(List<Hold> holds) {
        return holds.stream().collect(Collectors.toMap(Hold::id, Function.identity()));
    }
}
