package dev.parley.identity.app.account;

import dev.parley.identity.business.account.Actor;
import dev.parley.identity.business.account.DecidedPolicies;
import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.OrganizationPolicies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Shows an organization's policies. */
@ApplicationScoped
public class ReadPolicies {
    private final DecidedPolicies policies;

    @Inject
    ReadPolicies(DecidedPolicies policies) {
        this.policies = policies;
    }

    /** Empty for another organization than the actor's, whether there is one or not. */
    public Optional<OrganizationPolicies> handle(Actor actor, OrganizationId organization) {
        return actor.organization().equals(organization)
                ? Optional.of(handle(organization))
                : Optional.empty();
    }

    /** For services, which have to keep to any organization's policies. */
    public OrganizationPolicies handle(OrganizationId organization) {
        return policies.find(organization)
                .orElseGet(() -> OrganizationPolicies.undecided(organization));
    }
}
