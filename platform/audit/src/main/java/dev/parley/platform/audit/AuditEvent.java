package dev.parley.platform.audit;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An audit event's data. */
@RegisterForReflection
record AuditEvent(
        String organization,
        @Nullable String actor,
        @Nullable String apiKey,
        @Nullable String client,
        String action,
        String resourceType,
        @Nullable String resourceId,
        String outcome,
        @Nullable String code,
        @JsonAnyGetter Map<String, String> references,
        long occurrences,
        Instant firstAt,
        Instant at,
        @Nullable String request,
        @Nullable String trace) {

    static AuditEvent of(Sighting sighting, long occurrences, Instant last) {
        Deed deed = sighting.deed();
        String code =
                switch (deed.outcome()) {
                    case AuditOutcome.Allowed ignored -> null;
                    case AuditOutcome.Refused refused -> refused.code();
                };
        return new AuditEvent(
                sighting.actor().organization(),
                sighting.actor().subject(),
                sighting.actor().apiKey(),
                sighting.actor().client(),
                deed.action(),
                deed.resourceType(),
                deed.resourceId(),
                code == null ? "allowed" : "refused",
                code,
                deed.references(),
                occurrences,
                sighting.at(),
                last,
                sighting.request(),
                sighting.trace());
    }
}
