package dev.parley.billing.app.quota;

import dev.parley.billing.business.audit.AuditTrail;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.metering.SubjectId;
import dev.parley.billing.business.quota.PlanName;
import dev.parley.billing.business.quota.Plans;
import dev.parley.billing.business.quota.Subscription;
import dev.parley.billing.business.quota.SubscriptionStatus;
import dev.parley.billing.business.quota.Subscriptions;
import dev.parley.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** Gives an organization a plan, as the operator says. */
@ApplicationScoped
public class Subscribe {
    private final Plans plans;
    private final Subscriptions subscriptions;
    private final AuditTrail audit;
    private final Clock clock;

    /** What became of it. */
    public sealed interface Outcome {
        record Subscribed(Subscription subscription) implements Outcome {}

        record UnknownPlan() implements Outcome {}
    }

    @Inject
    Subscribe(Plans plans, Subscriptions subscriptions, AuditTrail audit, Clock clock) {
        this.plans = plans;
        this.subscriptions = subscriptions;
        this.audit = audit;
        this.clock = clock;
    }

    /** Adds a version; nothing when the subscription is so already. */
    @Transactional
    public Outcome handle(
            Caller caller, OrganizationId organization, PlanName plan, SubscriptionStatus status) {
        if (plans.find(plan).isEmpty()) {
            return new Outcome.UnknownPlan();
        }
        Subscription current =
                subscriptions
                        .findForUpdate(organization)
                        .orElseGet(() -> Subscription.unsubscribed(organization));
        Subscription changed = current.changedTo(plan, status, clock.instant());
        if (changed.version() != current.version()) {
            subscriptions.add(changed);
            audit.subscriptionChanged(changed, new SubjectId(caller.subject()));
        }
        return new Outcome.Subscribed(changed);
    }
}
