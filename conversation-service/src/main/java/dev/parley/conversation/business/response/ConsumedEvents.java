package dev.parley.conversation.business.response;

import java.time.Instant;

/** Which events have had their effect. */
public interface ConsumedEvents {
    /** Whether the event is new; in the transaction of its effect. */
    boolean consume(String eventId, Instant now);

    void forget(Instant before);
}
