package dev.parley.identity.storage.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.identity.business.account.OrganizationId;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.id.TimeOrderedIds;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxEvent;
import dev.parley.platform.web.RequestIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;

/** Puts this service's events into the outbox: one topic, in order within each organization. */
@ApplicationScoped
public class IdentityOutbox {
    private static final String TOPIC = "parley.identity";

    private final Outbox outbox;
    private final ObjectMapper json;
    private final TimeOrderedIds ids;

    @Inject
    IdentityOutbox(Outbox outbox, ObjectMapper json, TimeOrderedIds ids) {
        this.outbox = outbox;
        this.json = json;
        this.ids = ids;
    }

    /**
     * Appends in the current transaction.
     *
     * @param fact the past tense of the type's name, such as {@code user_registered}
     */
    public void append(
            String fact, OrganizationId organization, String subject, Instant at, Record data) {
        outbox.append(
                new OutboxEvent(
                        ids.next(),
                        TOPIC,
                        PublicId.format(OrganizationId.PREFIX, organization.value()),
                        "dev.parley.identity." + fact + ".v1",
                        subject,
                        at,
                        write(data),
                        RequestIds.traceparent()));
    }

    private String write(Record data) {
        try {
            return json.writeValueAsString(data);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("an event's data is a record of texts", bug);
        }
    }
}
