package dev.parley.identity.app.account;

import dev.parley.identity.business.account.Account;
import dev.parley.identity.business.account.Accounts;
import dev.parley.identity.business.account.Actor;
import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.Role;
import dev.parley.identity.business.account.Scope;
import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.token.AuditTrail;
import dev.parley.identity.business.token.Revocation;
import dev.parley.identity.business.token.Revocations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Changes what a person is in an organization, who may be the one that asks for it. */
@ApplicationScoped
public class ChangeMember {
    /** The roles that the member is to have, and no others. */
    public record Command(
            Actor actor, OrganizationId organization, UserId member, Set<Role> roles) {
        public Command {
            roles = Set.copyOf(roles);
        }
    }

    /** What became of it. */
    public sealed interface Outcome {
        record Changed(Account.Person member) implements Outcome {}

        /** There is no such member, or no such organization for the actor. */
        record NotFound() implements Outcome {}

        /** The actor does not manage users, or is an API key, which could raise itself. */
        record NotAllowed() implements Outcome {}

        /** Nobody would manage the organization any more. */
        record NoAdminLeft() implements Outcome {}
    }

    private final Accounts accounts;
    private final Revocations revocations;
    private final AuditTrail audit;
    private final Clock clock;

    @Inject
    ChangeMember(Accounts accounts, Revocations revocations, AuditTrail audit, Clock clock) {
        this.accounts = accounts;
        this.revocations = revocations;
        this.audit = audit;
        this.clock = clock;
    }

    /** Tokens with roles that are taken away stop working; a session gets its next ones anew. */
    @Transactional
    public Outcome handle(Command command) {
        if (!command.actor().organization().equals(command.organization())) {
            return new Outcome.NotFound();
        }
        if (!command.actor().may(Scope.USERS_MANAGE) || command.actor().viaApiKey()) {
            return new Outcome.NotAllowed();
        }
        boolean anotherAdmin = accounts.hasAnotherAdmin(command.organization(), command.member());
        Optional<Account.Person> found =
                accounts.findPerson(command.organization(), command.member());
        if (found.isEmpty()) {
            return new Outcome.NotFound();
        }
        if (!command.roles().contains(Role.ADMIN) && !anotherAdmin) {
            return new Outcome.NoAdminLeft();
        }
        Account.Person before = found.get();
        Account.Person member = before.with(command.roles());
        if (member.equals(before)) {
            return new Outcome.Changed(member);
        }
        accounts.putRoles(member);
        if (!member.roles().containsAll(before.roles())) {
            revocations.append(List.of(new Revocation.OfUser(member.id())), clock.instant());
        }
        audit.record(
                new AuditTrail.Deed.MemberChanged(
                        new AuditTrail.Member(command.organization(), command.actor().id()),
                        member.id()));
        return new Outcome.Changed(member);
    }
}
