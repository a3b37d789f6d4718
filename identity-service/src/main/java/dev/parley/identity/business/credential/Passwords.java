package dev.parley.identity.business.credential;

import dev.parley.identity.business.account.Account;
import dev.parley.identity.business.account.EmailAddress;
import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.UserId;
import java.time.Instant;
import java.util.Optional;

/** The password of each person. */
public interface Passwords {
    /** A person and what the password has to match. */
    record Stored(Account.Person person, PasswordHash hash) {}

    Optional<Stored> findByEmail(EmailAddress email);

    Optional<Stored> find(OrganizationId organization, UserId person);

    /** Sets the person's password, the first or another. */
    void put(OrganizationId organization, UserId person, PasswordHash hash, Instant now);
}
