package dev.parley.identity.business.account;

import java.time.Instant;

/** What other contexts are told about accounts; written with the change itself. */
public interface AccountEvents {
    void organizationCreated(Organization organization, Instant at);

    void userRegistered(Account.Person person);
}
