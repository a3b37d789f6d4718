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

    /** Now, in the request that is being served, if there is one. */
    static Sighting now(AuditActor actor, Deed deed, Instant now) {
        RequestIds ids = RequestIds.current();
        return ids == null
                ? new Sighting(actor, deed, now, null, null, null)
                : new Sighting(
                        actor,
                        deed,
                        now,
                        ids.requestId(),
                        ids.traceId(),
                        "00-" + ids.traceId() + "-" + ids.spanId() + "-01");
    }
}
