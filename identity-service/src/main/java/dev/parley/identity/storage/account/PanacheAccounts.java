package dev.parley.identity.storage.account;

import dev.parley.identity.business.account.Account;
import dev.parley.identity.business.account.Accounts;
import dev.parley.identity.business.account.EmailAddress;
import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.RegistrationMark;
import dev.parley.identity.business.account.Role;
import dev.parley.identity.business.account.UserId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class PanacheAccounts implements Accounts, PanacheRepositoryBase<AccountRow, UUID> {

    /** The lock is on the address, so two who want the same one decide it one after the other. */
    @Override
    public boolean isTaken(EmailAddress email) {
        getEntityManager()
                .createNativeQuery("select pg_advisory_xact_lock(hashtextextended(:email, 1))")
                .setParameter("email", email.value())
                .getSingleResult();
        return count("email = ?1", email.value()) > 0;
    }

    @Override
    public void add(Account account) {
        persist(AccountRow.of(account));
    }

    @Override
    public void add(Account.Person person, RegistrationMark mark) {
        AccountRow row = AccountRow.of(person);
        row.registrationMark = mark.hash();
        persist(row);
    }

    @Override
    public Optional<Account.Person> findRegistered(
            EmailAddress email, RegistrationMark mark, Instant since) {
        return find(
                        "email = ?1 and registrationMark = ?2 and createdAt > ?3",
                        email.value(),
                        mark.hash(),
                        since)
                .firstResultOptional()
                .map(AccountRow::toDomain)
                .flatMap(PanacheAccounts::person);
    }

    @Override
    public void forgetMarksBefore(Instant instant) {
        update(
                "registrationMark = null where registrationMark is not null and createdAt < ?1",
                instant);
    }

    @Override
    @ActivateRequestContext
    public Optional<Account> find(OrganizationId organization, UserId id) {
        return find("organizationId = ?1 and id = ?2", organization.value(), id.value())
                .firstResultOptional()
                .map(AccountRow::toDomain);
    }

    @Override
    @ActivateRequestContext
    public Optional<Account.Person> findPerson(OrganizationId organization, UserId id) {
        return find(organization, id).flatMap(PanacheAccounts::person);
    }

    /** The lock is on the organization, so two admins cannot take each other's place at once. */
    @Override
    public boolean hasAnotherAdmin(OrganizationId organization, UserId than) {
        getEntityManager()
                .createNativeQuery(
                        "select pg_advisory_xact_lock(hashtextextended(:organization, 4))")
                .setParameter("organization", organization.value().toString())
                .getSingleResult();
        return count(
                        "organizationId = ?1 and id <> ?2 and concat(' ', roles, ' ') like ?3",
                        organization.value(),
                        than.value(),
                        "% " + Role.ADMIN.text() + " %")
                > 0;
    }

    @Override
    public void putRoles(Account.Person person) {
        update(
                "roles = ?1 where organizationId = ?2 and id = ?3",
                Words.ofRoles(person.roles()),
                person.organization().value(),
                person.id().value());
    }

    private static Optional<Account.Person> person(Account account) {
        return switch (account) {
            case Account.Person person -> Optional.of(person);
            case Account.Guest ignored -> Optional.empty();
        };
    }
}
