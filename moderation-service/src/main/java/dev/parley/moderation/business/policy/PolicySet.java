package dev.parley.moderation.business.policy;

import java.util.List;

/**
 * All policies of the installation.
 *
 * @param change the number of the last change that they are known to hold
 */
public record PolicySet(long change, List<StoredPolicy> policies) {
    public PolicySet {
        policies = List.copyOf(policies);
    }
}
