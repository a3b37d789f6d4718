package dev.parley.identity.business.account;

import java.util.Optional;

/** All accounts. */
public interface Accounts {
    /** Whether someone has the address; nobody else gets it until the transaction ends. */
    boolean isTaken(EmailAddress email);

    void add(Account account);

    Optional<Account> find(OrganizationId organization, UserId id);
}
