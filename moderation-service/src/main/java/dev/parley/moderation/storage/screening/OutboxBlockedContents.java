package dev.parley.moderation.storage.screening;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.moderation.business.screening.BlockedContent;
import dev.parley.moderation.business.screening.BlockedContents;
import dev.parley.platform.audit.AuditActor;
import dev.parley.platform.audit.AuditLog;
import dev.parley.platform.audit.Deed;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Publishes {@code content_blocked} in order per subject, and puts it on record. */
@ApplicationScoped
class OutboxBlockedContents implements BlockedContents {
    private static final String TOPIC = "parley.moderation";
    private static final String TYPE = "dev.parley.moderation.content_blocked.v1";
    private static final String UNIQUE_VIOLATION = "23505";

    private final Outbox outbox;
    private final AuditLog audit;
    private final ObjectMapper json;
    private final TransactionSynchronizationRegistry transactions;

    @Inject
    OutboxBlockedContents(
            Outbox outbox,
            AuditLog audit,
            ObjectMapper json,
            TransactionSynchronizationRegistry transactions) {
        this.outbox = outbox;
        this.audit = audit;
        this.json = json;
        this.transactions = transactions;
    }

    /** The event's data; see {@code contracts/events}. */
    @RegisterForReflection
    record ContentBlocked(
            String organization,
            String subject,
            @Nullable String apiKey,
            String direction,
            List<String> categories,
            String policyVersion) {}

    @Override
    @Transactional
    public void add(BlockedContent blocked) {
        OutboxEvent event =
                new OutboxEvent(
                        blocked.id(),
                        TOPIC,
                        blocked.subject(),
                        TYPE,
                        blocked.subject(),
                        blocked.at(),
                        dataOf(blocked),
                        blocked.trace());
        try {
            outbox.append(event);
        } catch (IllegalStateException refused) {
            if (!isThere(refused)) {
                throw refused;
            }
            // An earlier try was committed, with the deed, and the answer to it was lost.
            transactions.setRollbackOnly();
            return;
        }
        audit.recordIn(
                blocked.trace(),
                new AuditActor(
                        blocked.organization().value(),
                        blocked.subject(),
                        blocked.apiKey().orElse(null),
                        null),
                Deed.refused("content.screen", "content", null, "content_blocked"));
    }

    private static boolean isThere(IllegalStateException refused) {
        return refused.getCause() instanceof SQLException failure
                && UNIQUE_VIOLATION.equals(failure.getSQLState());
    }

    private String dataOf(BlockedContent blocked) {
        try {
            return json.writeValueAsString(
                    new ContentBlocked(
                            blocked.organization().value(),
                            blocked.subject(),
                            blocked.apiKey().orElse(null),
                            blocked.direction().name().toLowerCase(Locale.ROOT),
                            blocked.reasons().stream().sorted().toList(),
                            blocked.policyVersion().value()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
