package dev.parley.moderation.app.policy;

import dev.parley.moderation.business.policy.Policies;
import dev.parley.moderation.business.policy.PolicyChange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.OptionalLong;

/** Reads the change feed. */
@ApplicationScoped
public class ListPolicyChanges {
    private static final int PAGE = 1000;

    private final Policies policies;

    @Inject
    ListPolicyChanges(Policies policies) {
        this.policies = policies;
    }

    /**
     * A page of changes.
     *
     * @param next what to ask after the next time
     */
    public record Changes(List<PolicyChange> changes, long next) {
        public Changes {
            changes = List.copyOf(changes);
        }
    }

    /**
     * The changes after a number, at most 1000.
     *
     * @param after empty for everything that is in force
     */
    public Changes handle(OptionalLong after) {
        List<PolicyChange> changes =
                after.isPresent()
                        ? policies.changesAfter(after.getAsLong(), PAGE)
                        : policies.changesInForce();
        long next = changes.isEmpty() ? after.orElse(0) : changes.getLast().sequence();
        return new Changes(changes, next);
    }
}
