package dev.parley.platform.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.platform.id.TimeOrderedIds;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxEvent;
import dev.parley.platform.security.CurrentCaller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where deeds and refusals are put on record, as events of the topic {@code parley.audit}. */
@ApplicationScoped
public class AuditLog {
    /** The topic of all services' audit events. */
    public static final String TOPIC = "parley.audit";

    private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());

    private final Outbox outbox;
    private final CurrentCaller callers;
    private final TimeOrderedIds ids;
    private final ObjectMapper json;
    private final AuditConfig config;
    private final RefusalCounts refusals;

    @Inject
    AuditLog(
            Outbox outbox,
            CurrentCaller callers,
            TimeOrderedIds ids,
            ObjectMapper json,
            AuditConfig config) {
        this.outbox = outbox;
        this.callers = callers;
        this.ids = ids;
        this.json = json;
        this.config = config;
        this.refusals = new RefusalCounts(config.refusalInterval(), config.refusalKeys());
    }

    /**
     * Puts a deed on record in the current JTA transaction, which is that of the deed.
     *
     * @param actor who did it; how they came is added when it is the caller that is being served
     */
    public void record(AuditActor actor, Deed deed) {
        Sighting sighting = Sighting.now(asCalling(actor), deed, Instant.now());
        outbox.append(event(AuditEvent.of(sighting, 1, sighting.at()), sighting));
    }

    /**
     * As {@link #record(AuditActor, Deed)}, outside of the request that brought the deed about.
     *
     * @param traceparent the W3C trace and span of that request, if they are known
     */
    public void recordIn(@Nullable String traceparent, AuditActor actor, Deed deed) {
        Sighting sighting = Sighting.in(traceparent, actor, deed, Instant.now());
        outbox.append(event(AuditEvent.of(sighting, 1, sighting.at()), sighting));
    }

    /** Counts a refusal that changes nothing; it is written within a second, not by the caller. */
    public void refuse(AuditActor actor, Deed deed) {
        refusals.add(Sighting.now(asCalling(actor), deed, Instant.now()));
    }

    /**
     * As {@link #refuse}, outside of the request that it belongs to; for what was done, too, when
     * nothing that is kept was changed by it.
     *
     * @param traceparent the W3C trace and span of that request, if they are known
     */
    public void countIn(@Nullable String traceparent, AuditActor actor, Deed deed) {
        refusals.add(Sighting.in(traceparent, actor, deed, Instant.now()));
    }

    /** Writes the refusals that are due, in one transaction. */
    void tellRefusals() {
        tell(refusals.due(Instant.now()));
        long lost = refusals.takeUncounted();
        if (lost > 0) {
            LOG.log(System.Logger.Level.ERROR, "{0} refusals are not on record: too many", lost);
        }
    }

    /** Writes all refusals, before this process ends. */
    void tellEverything() {
        tell(refusals.all(Instant.now()));
    }

    private void tell(List<RefusalCounts.Repeated> due) {
        if (due.isEmpty()) {
            return;
        }
        List<OutboxEvent> events =
                due.stream()
                        .map(
                                one ->
                                        event(
                                                AuditEvent.of(
                                                        one.first(), one.occurrences(), one.last()),
                                                one.first()))
                        .toList();
        boolean told = false;
        try {
            outbox.commit(events);
            told = true;
        } catch (SQLException failure) {
            LOG.log(System.Logger.Level.WARNING, "refusals wait: {0}", failure.toString());
        } finally {
            if (!told) {
                refusals.giveBack(due);
            }
        }
    }

    private AuditActor asCalling(AuditActor actor) {
        return callers.find()
                .filter(caller -> caller.subject().equals(actor.subject()))
                .map(caller -> actor.through(caller.apiKey(), caller.clientId()))
                .orElse(actor);
    }

    private OutboxEvent event(AuditEvent data, Sighting sighting) {
        try {
            return new OutboxEvent(
                    ids.next(),
                    TOPIC,
                    data.organization(),
                    config.eventType(),
                    data.resourceId() == null ? data.resourceType() : data.resourceId(),
                    data.at(),
                    json.writeValueAsString(data),
                    sighting.traceparent());
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("an audit event is a record of texts", bug);
        }
    }
}
