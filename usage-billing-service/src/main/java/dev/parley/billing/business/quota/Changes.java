package dev.parley.billing.business.quota;

import java.util.List;

/** What changed, for everyone who keeps a copy. */
public interface Changes {
    /** Up to {@code limit} changes after a sequence number, in order. */
    List<Change> after(long sequence, int limit);

    /** The number of the newest change; 0 before the first. */
    long newest();
}
