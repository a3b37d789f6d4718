package dev.parley.identity.storage.account;

import dev.parley.identity.business.account.Account;
import dev.parley.identity.business.account.EmailAddress;
import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.PersonName;
import dev.parley.identity.business.account.UserId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account as it is stored. */
@Entity
@Table(name = "account")
public class AccountRow {
    @Id UUID id;

    @Column(name = "organization_id")
    UUID organizationId;

    @Column String kind;

    @Column @Nullable String email;

    @Column @Nullable String name;

    @Column String roles;

    @Column(name = "registration_mark")
    @Nullable String registrationMark;

    @Column(name = "created_at")
    Instant createdAt;

    static AccountRow of(Account account) {
        AccountRow row = new AccountRow();
        row.id = account.id().value();
        row.organizationId = account.organization().value();
        row.roles = Words.ofRoles(account.roles());
        row.createdAt = account.createdAt();
        switch (account) {
            case Account.Person person -> {
                row.kind = "person";
                row.email = person.email().value();
                row.name = person.name().value();
            }
            case Account.Guest ignored -> row.kind = "guest";
        }
        return row;
    }

    /** The account, whose kind the table's own check vouches for. */
    public Account toDomain() {
        return email == null || name == null
                ? new Account.Guest(new UserId(id), createdAt)
                : new Account.Person(
                        new UserId(id),
                        new OrganizationId(organizationId),
                        new EmailAddress(email),
                        new PersonName(name),
                        Words.toRoles(roles),
                        createdAt);
    }
}
