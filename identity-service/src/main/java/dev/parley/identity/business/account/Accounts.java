package dev.parley.identity.business.account;

import java.time.Instant;
import java.util.Optional;

/** All accounts. */
public interface Accounts {
    /** Whether someone has the address; nobody else gets it until the transaction ends. */
    boolean isTaken(EmailAddress email);

    void add(Account account);

    /** Adds a person whose registration may be made again. */
    void add(Account.Person person, RegistrationMark mark);

    /** Who has the address, if that comes from this very registration, not before then. */
    Optional<Account.Person> findRegistered(
            EmailAddress email, RegistrationMark mark, Instant since);

    /** Drops the marks of those who registered before. */
    void forgetMarksBefore(Instant instant);

    Optional<Account> find(OrganizationId organization, UserId id);

    Optional<Account.Person> findPerson(OrganizationId organization, UserId id);

    /**
     * Whether someone else is an admin of the organization; nobody who asks that stops being one
     * until the transaction ends.
     */
    boolean hasAnotherAdmin(OrganizationId organization, UserId than);

    /** The roles that the person has now. */
    void putRoles(Account.Person person);
}
