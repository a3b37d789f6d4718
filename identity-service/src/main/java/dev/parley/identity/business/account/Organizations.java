package dev.parley.identity.business.account;

import java.time.Instant;
import java.util.List;

/** All organizations. */
public interface Organizations {
    /** Adds one whose event is written in the same transaction. */
    void add(Organization organization);

    /** Those that a migration made and no event has told of yet; each is handed out once. */
    List<Organization> takeUnannounced(Instant now);
}
