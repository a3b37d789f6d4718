package dev.parley.billing.business.audit;

import dev.parley.billing.business.metering.OrganizationId;
import java.util.List;
import java.util.Optional;

/** The signed ends of chains, kept outside of the database. */
public interface SignedHeads {
    /** Publishes with the current transaction. */
    void publish(List<SignedHead> heads);

    /** Notes what was published, by whichever replica. */
    void remember(SignedHead head);

    /** The furthest of an organization; empty while none is known. */
    Optional<SignedHead> latest(OrganizationId organization);
}
