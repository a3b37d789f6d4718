package dev.parley.billing.business.audit;

import dev.parley.billing.business.metering.OrganizationId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The chains, one for each organization; append-only. */
public interface AuditChains {
    /** The end of a chain, which nobody else continues until the transaction is over. */
    ChainHead lock(OrganizationId organization);

    /** Which of these events are on record. */
    Set<UUID> recorded(Collection<UUID> events);

    /** Appends to one chain, whose end is the last record's from then on. */
    void append(List<AuditRecord> records);

    /**
     * The end that a chain says it has, without its records being looked at.
     *
     * @return the empty chain's when there is none
     */
    ChainHead head(OrganizationId organization);

    /** Which of these, ends of their chains once, are still on record. */
    Set<ChainHead> stillThere(Collection<ChainHead> ends);

    /**
     * Ends that moved since they were signed last, in their organizations' order; locked for this
     * transaction.
     *
     * @param after begins behind this organization; null for the first
     */
    List<ChainHead> moved(@Nullable OrganizationId after, int most);

    /** These ends are signed. */
    void markSigned(List<ChainHead> heads);
}
