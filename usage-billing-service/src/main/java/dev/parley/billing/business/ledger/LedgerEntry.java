package dev.parley.billing.business.ledger;

import dev.parley.billing.business.metering.CallId;
import dev.parley.billing.business.metering.Consumer;
import dev.parley.billing.business.metering.ModelName;
import dev.parley.billing.business.metering.UsageRecord;
import dev.parley.billing.business.pricing.Price;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of the ledger. It is never changed; a correction is a further line.
 *
 * @param event the usage record's event, null when none was received
 * @param reverses the entry that this one takes back
 * @param estimated whether the provider did not count the tokens itself
 * @param priced the model whose price was taken, which is {@link Price#ANY_MODEL} for unlisted ones
 * @param trace the W3C trace id of the call; null when no usage record told it
 * @param occurredAt when the reservation was made: the day and the windows that this counts in
 */
public record LedgerEntry(
        EntryId id,
        EntryKind kind,
        CallId call,
        UUID reservation,
        @Nullable UUID event,
        @Nullable EntryId reverses,
        Consumer consumer,
        ModelName model,
        Movement movement,
        boolean estimated,
        ModelName priced,
        int priceVersion,
        @Nullable String trace,
        Instant occurredAt,
        Instant recordedAt) {

    public LedgerEntry {
        if ((kind == EntryKind.REVERSAL) != (reverses != null)) {
            throw new IllegalArgumentException("a reversal, and only it, names what it reverses");
        }
    }

    /**
     * The entry for a usage record.
     *
     * @param requests 1 for the first record of a call, 0 for a further attempt
     */
    public static LedgerEntry ofUsage(
            EntryId id, UsageRecord record, long requests, Price price, Instant recordedAt) {
        return new LedgerEntry(
                id,
                EntryKind.USAGE,
                record.call(),
                record.reservation(),
                record.event(),
                null,
                record.consumer(),
                record.model(),
                Movement.of(requests, record.usage(), price.costOf(record.usage())),
                record.estimated(),
                price.model(),
                price.version(),
                record.trace(),
                record.reservedAt(),
                recordedAt);
    }

    /** The entry that takes this one back. */
    public LedgerEntry reversal(EntryId reversalId, Instant at) {
        return new LedgerEntry(
                reversalId,
                EntryKind.REVERSAL,
                call,
                reservation,
                null,
                id,
                consumer,
                model,
                movement.negated(),
                estimated,
                priced,
                priceVersion,
                trace,
                occurredAt,
                at);
    }
}
