package dev.parley.billing.storage.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.billing.business.audit.SignedHead;
import dev.parley.billing.business.audit.SignedHeads;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.storage.quota.DatabaseFailure;
import dev.parley.platform.id.TimeOrderedIds;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxEvent;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Heads go out through the outbox, and what came in from Kafka is kept at hand. */
@ApplicationScoped
class OutboxSignedHeads implements SignedHeads {
    private static final String TOPIC = "parley.audit.heads";
    private static final String TYPE = "dev.parley.billing.audit_head_signed.v1";

    private final Outbox outbox;
    private final AgroalDataSource database;
    private final TimeOrderedIds ids;
    private final ObjectMapper json;
    private final Map<OrganizationId, SignedHead> latest = new ConcurrentHashMap<>();

    /** The event's data, as {@code contracts/events} describes it. */
    @RegisterForReflection
    record AuditHeadSigned(
            String organization,
            long position,
            String hash,
            Instant signedAt,
            String keyId,
            String signature) {}

    @Inject
    OutboxSignedHeads(
            Outbox outbox, AgroalDataSource database, TimeOrderedIds ids, ObjectMapper json) {
        this.outbox = outbox;
        this.database = database;
        this.ids = ids;
        this.json = json;
    }

    @Override
    public void publish(List<SignedHead> heads) {
        if (heads.isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            outbox.append(connection, heads.stream().map(this::event).toList());
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    @Override
    public void remember(SignedHead head) {
        latest.merge(
                head.head().organization(),
                head,
                (known, other) ->
                        other.head().position() > known.head().position() ? other : known);
    }

    @Override
    public Optional<SignedHead> latest(OrganizationId organization) {
        return Optional.ofNullable(latest.get(organization));
    }

    private OutboxEvent event(SignedHead signed) {
        String organization = signed.head().organization().value();
        try {
            return new OutboxEvent(
                    ids.next(),
                    TOPIC,
                    organization,
                    TYPE,
                    organization,
                    signed.signedAt(),
                    json.writeValueAsString(
                            new AuditHeadSigned(
                                    organization,
                                    signed.head().position(),
                                    signed.head().hash().hex(),
                                    signed.signedAt(),
                                    signed.keyId(),
                                    signed.signature())),
                    null);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
