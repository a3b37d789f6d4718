package dev.parley.identity.app.account;

import dev.parley.identity.business.account.Account;
import dev.parley.identity.business.account.AccountEvents;
import dev.parley.identity.business.account.Accounts;
import dev.parley.identity.business.account.EmailAddress;
import dev.parley.identity.business.account.Organization;
import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.Organizations;
import dev.parley.identity.business.account.PersonName;
import dev.parley.identity.business.account.RegistrationMark;
import dev.parley.identity.business.account.Role;
import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.credential.PasswordHash;
import dev.parley.identity.business.credential.Passwords;
import dev.parley.identity.business.token.AuditTrail;
import dev.parley.platform.id.TimeOrderedIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Puts a person, the personal organization, the password and their events on record at once. */
@ApplicationScoped
class OpenPersonalAccount {
    record Command(
            EmailAddress email,
            PersonName name,
            PasswordHash password,
            Optional<Repeatable> repeatable) {}

    /**
     * What a registration is known by when it is made again.
     *
     * @param since from when on an account may be the one that it has made before
     */
    record Repeatable(RegistrationMark mark, Instant since) {}

    private final Accounts accounts;
    private final Organizations organizations;
    private final Passwords passwords;
    private final AccountEvents events;
    private final AuditTrail audit;
    private final TimeOrderedIds ids;
    private final Clock clock;

    @Inject
    OpenPersonalAccount(
            Accounts accounts,
            Organizations organizations,
            Passwords passwords,
            AccountEvents events,
            AuditTrail audit,
            TimeOrderedIds ids,
            Clock clock) {
        this.accounts = accounts;
        this.organizations = organizations;
        this.passwords = passwords;
        this.events = events;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** Empty, and nothing is changed, when the address is taken by another registration. */
    @Transactional
    Optional<Account.Person> handle(Command command) {
        Instant now = clock.instant();
        UserId user = new UserId(ids.next());
        Organization organization =
                Organization.personal(new OrganizationId(ids.next()), user, command.name(), now);
        Account.Person person =
                new Account.Person(
                        user,
                        organization.id(),
                        command.email(),
                        command.name(),
                        Set.of(Role.USER, Role.ADMIN),
                        now);
        if (accounts.isTaken(command.email())) {
            return command.repeatable()
                    .flatMap(
                            again ->
                                    accounts.findRegistered(
                                            command.email(), again.mark(), again.since()));
        }
        organizations.add(organization);
        command.repeatable()
                .ifPresentOrElse(
                        made -> accounts.add(person, made.mark()), () -> accounts.add(person));
        passwords.put(organization.id(), user, command.password(), now);
        events.organizationCreated(organization, now);
        events.userRegistered(person);
        audit.record(
                new AuditTrail.Deed.PersonRegistered(
                        new AuditTrail.Member(organization.id(), user)));
        return Optional.of(person);
    }
}
