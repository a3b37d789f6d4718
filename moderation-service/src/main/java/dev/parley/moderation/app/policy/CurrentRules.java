package dev.parley.moderation.app.policy;

import dev.parley.moderation.business.policy.OrganizationId;
import dev.parley.moderation.business.screening.Rules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/** The compiled rules in memory, so that no check asks the database. */
@ApplicationScoped
public class CurrentRules {
    /** Before anything was loaded. */
    static final long NOTHING = -1;

    private record Loaded(long change, Map<OrganizationId, Rules> rules) {}

    private volatile Loaded loaded = new Loaded(NOTHING, Map.of());

    /** The rules for an organization; empty as long as none could be loaded. */
    public Optional<Rules> of(OrganizationId organization) {
        Map<OrganizationId, Rules> rules = loaded.rules();
        Rules own = rules.get(organization);
        return Optional.ofNullable(own == null ? rules.get(OrganizationId.INSTALLATION) : own);
    }

    /** The rules of an organization that has some of its own. */
    Optional<Rules> ownOf(OrganizationId organization) {
        return Optional.ofNullable(loaded.rules().get(organization));
    }

    long change() {
        return loaded.change();
    }

    void replace(long change, Map<OrganizationId, Rules> rules) {
        loaded = new Loaded(change, Map.copyOf(rules));
    }
}
