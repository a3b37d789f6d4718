package dev.parley.gateway.business.model;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Which tiers of models an organization's plan covers. */
public interface PlanCoverage {
    /**
     * The tiers, as they were at most a few seconds ago; none when the subscription is not active.
     * Fails when nobody can tell.
     *
     * @param guest whether the caller is a guest, who has the guests' plan
     */
    CompletionStage<Set<Tier>> tiersOf(String organization, boolean guest);
}
