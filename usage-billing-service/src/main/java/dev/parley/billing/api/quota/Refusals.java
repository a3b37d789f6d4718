package dev.parley.billing.api.quota;

import dev.parley.billing.business.quota.Refusal;
import dev.parley.platform.web.Problem;
import java.time.Duration;
import java.time.Instant;

/** Refusals as HTTP tells them. */
final class Refusals {
    private static final Duration OVERLOAD_RETRY = Duration.ofSeconds(1);

    private Refusals() {}

    static Problem problem(Refusal refusal, Instant now) {
        return switch (refusal) {
            case Refusal.ModelNotInPlan why ->
                    Problem.of(
                            403,
                            "model_not_in_plan",
                            "The plan %s does not include %s models."
                                    .formatted(why.plan().value(), why.tier().label()));
            case Refusal.SubscriptionInactive why ->
                    Problem.of(
                            402,
                            "subscription_inactive",
                            "The subscription is " + why.status().label() + ".");
            case Refusal.RateLimited why ->
                    Problem.of(429, "rate_limited", reached(why.limit()))
                            .withRetryAfter(Duration.between(now, why.resetsAt()));
            case Refusal.QuotaExceeded why ->
                    Problem.of(429, "quota_exceeded", reached(why.limit()))
                            .withRetryAfter(Duration.between(now, why.resetsAt()));
            case Refusal.Overloaded why ->
                    Problem.of(503, "overloaded", "Too many calls wait for admission.")
                            .withRetryAfter(OVERLOAD_RETRY);
        };
    }

    private static String reached(String limit) {
        return "The limit " + limit + " is reached.";
    }
}
