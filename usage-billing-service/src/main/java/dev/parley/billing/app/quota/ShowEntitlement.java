package dev.parley.billing.app.quota;

import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.quota.Entitlement;
import dev.parley.billing.business.quota.Entitlements;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Tells a neighbour what an organization is entitled to. */
@ApplicationScoped
public class ShowEntitlement {
    private final Entitlements entitlements;

    @Inject
    ShowEntitlement(Entitlements entitlements) {
        this.entitlements = entitlements;
    }

    public Entitlement handle(OrganizationId organization, boolean guest) {
        return entitlements.of(organization, guest);
    }
}
