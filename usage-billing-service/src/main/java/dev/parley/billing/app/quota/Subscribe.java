package dev.parley.billing.app.quota;

import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.quota.PlanName;
import dev.parley.billing.business.quota.Plans;
import dev.parley.billing.business.quota.Subscription;
import dev.parley.billing.business.quota.SubscriptionStatus;
import dev.parley.billing.business.quota.Subscriptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** Gives an organization a plan, as the operator says. */
@ApplicationScoped
public class Subscribe {
    private final Plans plans;
    private final Subscriptions subscriptions;
    private final Clock clock;

    /** What became of it. */
    public sealed interface Outcome {
        record Subscribed(Subscription subscription) implements Outcome {}

        record UnknownPlan() implements Outcome {}
    }

    @Inject
    Subscribe(Plans plans, Subscriptions subscriptions, Clock clock) {
        this.plans = plans;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /** Adds a version; nothing when the subscription is so already. */
    @Transactional
    public Outcome handle(OrganizationId organization, PlanName plan, SubscriptionStatus status) {
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
        }
        return new Outcome.Subscribed(changed);
    }
}
