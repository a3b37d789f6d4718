package dev.parley.identity.app.account;

import dev.parley.identity.business.account.Actor;
import dev.parley.identity.business.account.DecidedPolicies;
import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.OrganizationPolicies;
import dev.parley.identity.business.account.PayloadLogging;
import dev.parley.identity.business.account.Scope;
import dev.parley.identity.business.token.AuditTrail;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Changes what an organization has decided for itself. */
@ApplicationScoped
public class ChangePolicies {
    private final DecidedPolicies policies;
    private final AuditTrail audit;
    private final Clock clock;

    @Inject
    ChangePolicies(DecidedPolicies policies, AuditTrail audit, Clock clock) {
        this.policies = policies;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A change; what is empty stays.
     *
     * @param expected the version that the change is meant for; empty for whichever there is
     */
    public record Command(
            Actor actor,
            OrganizationId organization,
            Optional<Long> expected,
            Optional<PayloadLogging> payloadLogging,
            Optional<Integer> payloadDays) {}

    /** What became of it. */
    public sealed interface Outcome {
        record Changed(OrganizationPolicies policies) implements Outcome {}

        /** There is no such organization for the actor. */
        record NotFound() implements Outcome {}

        record NotAllowed() implements Outcome {}

        /** Someone else has changed them before. */
        record VersionConflict() implements Outcome {}
    }

    @Transactional
    public Outcome handle(Command command) {
        if (!command.actor().organization().equals(command.organization())) {
            return new Outcome.NotFound();
        }
        if (!command.actor().may(Scope.POLICIES_MANAGE)) {
            return new Outcome.NotAllowed();
        }
        OrganizationPolicies current =
                policies.find(command.organization())
                        .orElseGet(() -> OrganizationPolicies.undecided(command.organization()));
        if (command.expected().filter(version -> version != current.version()).isPresent()) {
            return new Outcome.VersionConflict();
        }
        OrganizationPolicies next =
                current.with(
                        command.payloadLogging().orElse(current.payloadLogging()),
                        command.payloadDays().orElse(current.payloadDays()),
                        clock.instant().truncatedTo(ChronoUnit.MICROS));
        if (!policies.replace(next)) {
            return new Outcome.VersionConflict();
        }
        audit.record(
                new AuditTrail.Deed.PoliciesChanged(
                        new AuditTrail.Member(command.organization(), command.actor().id())));
        return new Outcome.Changed(next);
    }
}
