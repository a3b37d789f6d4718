package dev.parley.billing.business.quota;

import java.time.Instant;

/** Why a call is not admitted. */
public sealed interface Refusal {
    /** The plan does not allow models of this tier. */
    record ModelNotInPlan(Tier tier, PlanName plan) implements Refusal {}

    /** There is a subscription, and it may not be used. */
    record SubscriptionInactive(SubscriptionStatus status) implements Refusal {}

    /** Too many requests in a window of at most a minute. */
    record RateLimited(String limit, Instant resetsAt) implements Refusal {}

    /** Another hard limit would be crossed. */
    record QuotaExceeded(String limit, Instant resetsAt) implements Refusal {}

    /** More calls wait for a decision than this replica queues. */
    record Overloaded() implements Refusal {}
}
