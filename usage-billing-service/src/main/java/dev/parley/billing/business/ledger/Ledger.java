package dev.parley.billing.business.ledger;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every charge that was ever made; only ever appended to. */
public interface Ledger {
    void append(List<LedgerEntry> entries);

    List<LedgerEntry> find(Collection<EntryId> ids);

    /**
     * Up to {@code limit} entries in the order of their ids.
     *
     * @param after where to go on; null for the beginning
     */
    List<LedgerEntry> after(@Nullable EntryId after, int limit);
}
