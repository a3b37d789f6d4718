package dev.parley.billing.storage.audit;

import dev.parley.billing.business.audit.AuditTrail;
import dev.parley.billing.business.metering.SubjectId;
import dev.parley.billing.business.quota.Subscription;
import dev.parley.platform.audit.AuditActor;
import dev.parley.platform.audit.AuditLog;
import dev.parley.platform.audit.Deed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** This service's deeds as audit events, which come back like everybody's. */
@ApplicationScoped
class OutboxAuditTrail implements AuditTrail {
    private final AuditLog audit;
    private final String service;

    @Inject
    OutboxAuditTrail(
            AuditLog audit, @ConfigProperty(name = "quarkus.application.name") String service) {
        this.audit = audit;
        this.service = service;
    }

    @Override
    public void subscriptionChanged(Subscription subscription, @Nullable SubjectId by) {
        String organization = subscription.organization().value();
        audit.record(
                AuditActor.of(organization, by == null ? service : by.value()),
                Deed.done("subscription.change", "subscription", organization));
    }
}
