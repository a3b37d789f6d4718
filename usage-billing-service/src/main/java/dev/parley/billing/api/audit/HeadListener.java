package dev.parley.billing.api.audit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.billing.api.metering.Events;
import dev.parley.billing.api.metering.ListenersLiveness;
import dev.parley.billing.app.audit.RememberHead;
import dev.parley.billing.business.audit.ChainHead;
import dev.parley.billing.business.audit.Hash;
import dev.parley.billing.business.audit.SignedHead;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.platform.web.StrictJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * Reads all signed heads from the topic's beginning, in every replica. What is not ours is only
 * logged: it would be parked again by each replica at each start.
 */
@ApplicationScoped
class HeadListener {
    private static final System.Logger LOG = System.getLogger(HeadListener.class.getName());

    private final RememberHead rememberHead;
    private final ListenersLiveness liveness;
    private final ObjectMapper json;

    /** The event's data. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record AuditHeadSigned(
            @Nullable String organization,
            long position,
            @Nullable String hash,
            @Nullable Instant signedAt,
            @Nullable String keyId,
            @Nullable String signature) {

        SignedHead toDomain() {
            if (organization == null
                    || hash == null
                    || signedAt == null
                    || keyId == null
                    || signature == null) {
                throw new IllegalArgumentException("members are missing");
            }
            return new SignedHead(
                    new ChainHead(new OrganizationId(organization), position, new Hash(hash)),
                    signedAt,
                    keyId,
                    signature);
        }
    }

    @Inject
    HeadListener(RememberHead rememberHead, ListenersLiveness liveness, ObjectMapper json) {
        this.rememberHead = rememberHead;
        this.liveness = liveness;
        this.json = StrictJson.tolerant(json);
    }

    @Incoming("audit-heads")
    void take(ConsumerRecord<String, byte[]> record) {
        liveness.watch("audit-heads", () -> takeOne(record));
    }

    private void takeOne(ConsumerRecord<String, byte[]> record) {
        try {
            SignedHead head = Events.data(record, json, AuditHeadSigned.class).toDomain();
            switch (rememberHead.handle(head)) {
                case REMEMBERED -> {}
                case NOT_OURS -> warn(record, "a signature is not ours");
            }
        } catch (IOException | RuntimeException unreadable) {
            warn(record, "unreadable");
        }
    }

    private static void warn(ConsumerRecord<String, byte[]> record, String why) {
        LOG.log(
                System.Logger.Level.WARNING,
                "{0} is no signed head: {1}",
                Events.named(record),
                why);
    }
}
