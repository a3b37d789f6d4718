package dev.parley.moderation.app.policy;

import dev.parley.moderation.business.policy.OrganizationId;
import dev.parley.moderation.business.policy.Policies;
import dev.parley.moderation.business.policy.Policy;
import dev.parley.moderation.business.policy.PolicyDocument;
import dev.parley.moderation.business.policy.PolicySet;
import dev.parley.moderation.business.policy.StoredPolicy;
import dev.parley.moderation.business.screening.Rules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Compiles the policies anew when one has changed. */
@ApplicationScoped
public class RefreshPolicies {
    private static final System.Logger LOG = System.getLogger(RefreshPolicies.class.getName());

    private final Policies policies;
    private final CurrentRules current;

    @Inject
    RefreshPolicies(Policies policies, CurrentRules current) {
        this.policies = policies;
        this.current = current;
    }

    /** Does nothing when nothing has changed. */
    public void handle() {
        if (policies.lastChange() == current.change()) {
            return;
        }
        PolicySet all = policies.all();
        Map<OrganizationId, Rules> rules = new HashMap<>();
        Policy base = installation(all);
        rules.put(OrganizationId.INSTALLATION, Rules.of(base));
        for (StoredPolicy stored : all.policies()) {
            if (!stored.organization().equals(OrganizationId.INSTALLATION)) {
                compile(base, stored).ifPresent(own -> rules.put(stored.organization(), own));
            }
        }
        current.replace(all.change(), rules);
        LOG.log(
                System.Logger.Level.INFO,
                "policies compiled, change {0}, {1} of them",
                all.change(),
                rules.size());
    }

    private static Policy installation(PolicySet all) {
        for (StoredPolicy stored : all.policies()) {
            if (stored instanceof StoredPolicy.Legible(PolicyDocument document)
                    && document.organization().equals(OrganizationId.INSTALLATION)) {
                return Policy.of(document);
            }
        }
        throw new IllegalStateException("the installation has no policy that can be read");
    }

    /** One organization's mistake must not keep the others' rules from being renewed. */
    private Optional<Rules> compile(Policy base, StoredPolicy stored) {
        return switch (stored) {
            case StoredPolicy.Legible(PolicyDocument document) -> compile(base, document);
            case StoredPolicy.Illegible(OrganizationId organization, long revision) ->
                    lastValid(organization, revision);
        };
    }

    private Optional<Rules> compile(Policy base, PolicyDocument document) {
        try {
            return Optional.of(Rules.of(base.overriddenBy(document)));
        } catch (IllegalArgumentException invalid) {
            return lastValid(document.organization(), document.revision());
        }
    }

    private Optional<Rules> lastValid(OrganizationId organization, long revision) {
        LOG.log(
                System.Logger.Level.ERROR,
                "the policy of {0}, revision {1}, is invalid; its last valid one holds",
                organization.value(),
                revision);
        return current.ownOf(organization);
    }
}
