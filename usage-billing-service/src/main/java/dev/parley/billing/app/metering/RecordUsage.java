package dev.parley.billing.app.metering;

import dev.parley.billing.business.ledger.EntryId;
import dev.parley.billing.business.ledger.Ledger;
import dev.parley.billing.business.ledger.LedgerEntry;
import dev.parley.billing.business.ledger.PricedUsage;
import dev.parley.billing.business.ledger.PricedUsages;
import dev.parley.billing.business.ledger.UsageTotals;
import dev.parley.billing.business.metering.UsageRecord;
import dev.parley.billing.business.metering.UsageRecords;
import dev.parley.billing.business.pricing.CurrentPrices;
import dev.parley.billing.business.pricing.Money;
import dev.parley.billing.business.pricing.Price;
import dev.parley.billing.business.quota.Hold;
import dev.parley.billing.business.quota.HoldState;
import dev.parley.billing.business.quota.Holds;
import dev.parley.billing.business.quota.ReservationId;
import dev.parley.platform.id.TimeOrderedIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Charges what calls really used: ledger entries, totals, the reservations' settlement and the
 * announcement of the cost, in one transaction, once per event.
 */
@ApplicationScoped
public class RecordUsage {
    private final UsageRecords records;
    private final Holds holds;
    private final Ledger ledger;
    private final UsageTotals totals;
    private final CurrentPrices prices;
    private final PricedUsages announcements;
    private final TimeOrderedIds ids;
    private final Clock clock;

    @Inject
    RecordUsage(
            UsageRecords records,
            Holds holds,
            Ledger ledger,
            UsageTotals totals,
            CurrentPrices prices,
            PricedUsages announcements,
            TimeOrderedIds ids,
            Clock clock) {
        this.records = records;
        this.holds = holds;
        this.ledger = ledger;
        this.totals = totals;
        this.prices = prices;
        this.announcements = announcements;
        this.ids = ids;
        this.clock = clock;
    }

    /** Charges the records; tells how many of them had not been received before. */
    @Transactional
    public int handle(List<UsageRecord> received) {
        Instant now = clock.instant();
        List<UsageRecord> fresh = notYetReceived(received, now);
        if (fresh.isEmpty()) {
            return 0;
        }
        Settlement settlement =
                new Settlement(
                        holds.lock(fresh.stream().map(RecordUsage::reservationOf).toList()), now);
        fresh.forEach(settlement::charge);
        ledger.append(settlement.entries);
        totals.add(settlement.entries);
        announcements.announce(settlement.charges);
        holds.save(settlement.settled.values(), settlement.before);
        return fresh.size();
    }

    private List<UsageRecord> notYetReceived(List<UsageRecord> received, Instant now) {
        Set<UUID> added = new HashSet<>(records.addNew(received, now));
        return received.stream().filter(record -> added.remove(record.event())).toList();
    }

    private static ReservationId reservationOf(UsageRecord record) {
        return new ReservationId(record.reservation());
    }

    /** What one transaction charges. */
    private final class Settlement {
        private final Map<ReservationId, Hold> before;
        private final Instant now;
        private final Map<ReservationId, Hold> settled = new HashMap<>();
        private final Map<EntryId, LedgerEntry> estimates;
        private final List<LedgerEntry> entries = new ArrayList<>();
        private final List<PricedUsage> charges = new ArrayList<>();

        Settlement(Map<ReservationId, Hold> before, Instant now) {
            this.before = before;
            this.now = now;
            this.estimates =
                    ledger.find(before.values().stream().flatMap(Hold::estimate).toList()).stream()
                            .collect(Collectors.toMap(LedgerEntry::id, Function.identity()));
        }

        void charge(UsageRecord record) {
            Hold hold = holdOf(record);
            if (hold == null) {
                charge(record, 1, null);
                return;
            }
            UsageRecord bounded =
                    record.estimated() ? record.withUsage(hold.bounded(record.usage())) : record;
            settled.put(hold.id(), hold.settledBy(bounded.usage()));
            switch (hold.state()) {
                case HoldState.Open open -> charge(bounded, 1, null);
                case HoldState.Released released -> charge(bounded, 1, null);
                case HoldState.Settled earlier -> charge(bounded, 0, null);
                case HoldState.Estimated estimated ->
                        charge(bounded, 1, takeBack(estimated.entry()));
            }
        }

        private void charge(UsageRecord record, long requests, @Nullable Money replaced) {
            Price price = prices.get().priceOf(record.model(), record.reservedAt());
            LedgerEntry entry =
                    LedgerEntry.ofUsage(new EntryId(ids.next()), record, requests, price, now);
            entries.add(entry);
            charges.add(new PricedUsage(entry, record.response(), replaced));
        }

        private Money takeBack(EntryId id) {
            LedgerEntry estimate = estimates.get(id);
            if (estimate == null) {
                throw new IllegalStateException("no estimate " + id.value() + " in the ledger");
            }
            entries.add(estimate.reversal(new EntryId(ids.next()), now));
            return estimate.movement().cost();
        }

        /** The reservation as it is after the records so far; null if it is not the record's. */
        private @Nullable Hold holdOf(UsageRecord record) {
            ReservationId id = reservationOf(record);
            Hold hold = settled.getOrDefault(id, before.get(id));
            return hold != null
                            && hold.consumer()
                                    .organization()
                                    .equals(record.consumer().organization())
                    ? hold
                    : null;
        }
    }
}
