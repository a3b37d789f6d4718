package dev.parley.billing.app.quota;

import dev.parley.billing.business.audit.AuditTrail;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.quota.PlanName;
import dev.parley.billing.business.quota.Plans;
import dev.parley.billing.business.quota.Subscription;
import dev.parley.billing.business.quota.Subscriptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** Gives a new organization the plan it was created with, unless it has one already. */
@ApplicationScoped
public class SubscribeNewOrganization {
    private final Plans plans;
    private final Subscriptions subscriptions;
    private final AuditTrail audit;
    private final Clock clock;

    /** What became of it. */
    public enum Outcome {
        SUBSCRIBED,
        HAS_ONE_ALREADY,
        UNKNOWN_PLAN
    }

    @Inject
    SubscribeNewOrganization(
            Plans plans, Subscriptions subscriptions, AuditTrail audit, Clock clock) {
        this.plans = plans;
        this.subscriptions = subscriptions;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    public Outcome handle(OrganizationId organization, PlanName plan) {
        if (plans.find(plan).isEmpty()) {
            return Outcome.UNKNOWN_PLAN;
        }
        if (subscriptions.findForUpdate(organization).isPresent()) {
            return Outcome.HAS_ONE_ALREADY;
        }
        Subscription first = Subscription.first(organization, plan, clock.instant());
        subscriptions.add(first);
        audit.subscriptionChanged(first, null);
        return Outcome.SUBSCRIBED;
    }
}
