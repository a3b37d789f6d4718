package dev.parley.platform.audit;

import dev.parley.platform.web.RequestIds;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A deed with its circumstances. */
record Sighting(
        AuditActor actor,
        Deed deed,
        Instant at,
        @Nullable String request,
        @Nullable String trace,
        @Nullable String traceparent) {

    /** Outside of the request that brought it about. */
    static Sighting in(@Nullable String traceparent, AuditActor actor, Deed deed, Instant now) {
        return new Sighting(
                actor,
                deed,
                now,
                null,
                traceparent == null ? null : traceparent.substring(3, 35),
                traceparent);
    }

    /** Now, in the request that is being served, if there is one. */
    static Sighting now(AuditActor actor, Deed deed, Instant now) {
        RequestIds ids = RequestIds.current();
        return ids == null
                ? new Sighting(actor, deed, now, null, null, null)
                : new Sighting(
                        actor, deed, now, ids.requestId(), ids.traceId(), RequestIds.traceparent());
    }
}
