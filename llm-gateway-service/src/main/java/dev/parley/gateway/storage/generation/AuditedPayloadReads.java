package dev.parley.gateway.storage.generation;

import dev.parley.gateway.business.generation.KeptPayload;
import dev.parley.gateway.business.generation.PayloadReads;
import dev.parley.platform.audit.AuditActor;
import dev.parley.platform.audit.AuditLog;
import dev.parley.platform.audit.Deed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Reads as audit events, through the outbox. */
@ApplicationScoped
class AuditedPayloadReads implements PayloadReads {
    private final AuditLog audit;

    @Inject
    AuditedPayloadReads(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public void record(String organization, String subject, KeptPayload payload) {
        audit.record(
                AuditActor.of(organization, subject),
                Deed.done("payload.read", "payload", payload.call())
                        .concerning("conversation", payload.conversation()));
    }
}
