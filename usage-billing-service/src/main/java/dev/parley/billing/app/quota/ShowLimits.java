package dev.parley.billing.app.quota;

import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.quota.Admissions;
import dev.parley.billing.business.quota.Entitlement;
import dev.parley.billing.business.quota.Entitlements;
import dev.parley.billing.business.quota.LimitState;
import dev.parley.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;

/** Shows every limit that applies to the caller, as it is now. */
@ApplicationScoped
public class ShowLimits {
    private final Entitlements entitlements;
    private final Admissions admissions;
    private final Clock clock;

    /** What the caller is entitled to and what of it is used. */
    public record Limits(Entitlement entitlement, List<LimitState> states) {}

    @Inject
    ShowLimits(Entitlements entitlements, Admissions admissions, Clock clock) {
        this.entitlements = entitlements;
        this.admissions = admissions;
        this.clock = clock;
    }

    @Transactional
    public Limits handle(Caller caller) {
        OrganizationId organization = new OrganizationId(caller.organization());
        Entitlement entitlement = entitlements.of(organization, caller.hasRole("guest"));
        return new Limits(
                entitlement,
                admissions.statesOf(organization, entitlement.plan(), clock.instant()));
    }
}
