package dev.parley.billing.business.audit;

import java.time.Instant;

/** Signs the ends of chains with a key that the database does not know. */
public interface HeadSigner {
    SignedHead sign(ChainHead head, Instant now);

    /** Whether we signed that. */
    boolean isGenuine(SignedHead head);
}
