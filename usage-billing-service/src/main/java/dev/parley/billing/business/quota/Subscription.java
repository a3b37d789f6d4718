package dev.parley.billing.business.quota;

import dev.parley.billing.business.metering.OrganizationId;
import java.time.Instant;

/**
 * The plan of an organization. A change is a new version; earlier ones are kept.
 *
 * @param version counts from 1; 0 for the plan that an organization has without subscribing
 * @param since when this version began
 */
public record Subscription(
        OrganizationId organization,
        PlanName plan,
        SubscriptionStatus status,
        int version,
        Instant since) {

    /** What an organization has that never subscribed. */
    public static Subscription unsubscribed(OrganizationId organization) {
        return new Subscription(
                organization, PlanName.FREE, SubscriptionStatus.ACTIVE, 0, Instant.EPOCH);
    }

    public static Subscription first(OrganizationId organization, PlanName plan, Instant since) {
        return new Subscription(organization, plan, SubscriptionStatus.ACTIVE, 1, since);
    }

    /** The next version; this one when nothing changes. */
    public Subscription changedTo(PlanName newPlan, SubscriptionStatus newStatus, Instant at) {
        return version > 0 && plan.equals(newPlan) && status == newStatus
                ? this
                : new Subscription(organization, newPlan, newStatus, version + 1, at);
    }
}
