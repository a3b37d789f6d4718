package dev.parley.billing.business.audit;

import dev.parley.billing.business.metering.ConversationId;
import dev.parley.billing.business.metering.OrganizationId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a service told: someone did something, or was refused it.
 *
 * @param event the event's id, by which a repetition is recognised
 * @param service which service told
 * @param organization whose record it is
 * @param actor who it was
 * @param action a resource and a verb
 * @param resource what it was done to
 * @param refusal the error's code, null when it was done
 * @param occurrences how often it happened; more than one only for refusals
 * @param firstAt when it happened first
 * @param at when it happened last
 * @param conversation the conversation that it concerns, or null
 * @param request the {@code x-request-id} of the first, or null
 * @param trace the trace of the first, or null
 */
public record Deed(
        UUID event,
        ServiceName service,
        OrganizationId organization,
        Actor actor,
        ActionName action,
        Resource resource,
        @Nullable RefusalCode refusal,
        long occurrences,
        Instant firstAt,
        Instant at,
        @Nullable ConversationId conversation,
        @Nullable RequestId request,
        @Nullable TraceId trace) {
    public Deed {
        if (occurrences < 1) {
            throw new IllegalArgumentException("occurrences < 1: " + occurrences);
        }
        firstAt = firstAt.truncatedTo(ChronoUnit.MICROS);
        at = at.truncatedTo(ChronoUnit.MICROS);
    }
}
