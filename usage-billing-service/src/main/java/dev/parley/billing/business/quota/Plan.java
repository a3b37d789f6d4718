package dev.parley.billing.business.quota;

import java.util.List;
import java.util.Set;

/**
 * What a subscriber may use.
 *
 * @param version rises with every change
 * @param limits at most one for each scope, unit and window
 */
public record Plan(PlanName name, int version, Set<Tier> tiers, List<Limit> limits) {
    public Plan {
        tiers = Set.copyOf(tiers);
        limits = List.copyOf(limits);
        long distinct =
                limits.stream().map(limit -> limit.scope() + limit.name()).distinct().count();
        if (distinct != limits.size()) {
            throw new IllegalArgumentException("two limits of one kind in plan " + name.value());
        }
    }
}
