package dev.parley.conversation.business.response;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/** Which events have had their effect. */
public interface ConsumedEvents {
    /** Those of the events that are new; in the transaction of their effect. */
    Set<String> consume(Collection<String> eventIds, Instant now);

    void forget(Instant before);
}
