package dev.parley.identity.storage.credential;

import dev.parley.identity.business.account.Account;
import dev.parley.identity.business.account.EmailAddress;
import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.credential.PasswordHash;
import dev.parley.identity.business.credential.Passwords;
import dev.parley.identity.storage.account.AccountRow;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class PanachePasswords implements Passwords, PanacheRepositoryBase<PasswordRow, UUID> {
    /** An account and its password. */
    record Joined(AccountRow account, PasswordRow password) {}

    @Override
    @ActivateRequestContext
    public Optional<Stored> findByEmail(EmailAddress email) {
        return first(joined("a.email = :email").setParameter("email", email.value()));
    }

    @Override
    @ActivateRequestContext
    public Optional<Stored> find(OrganizationId organization, UserId person) {
        return first(
                joined("a.organizationId = :organization and a.id = :person")
                        .setParameter("organization", organization.value())
                        .setParameter("person", person.value()));
    }

    @Override
    public void put(OrganizationId organization, UserId person, PasswordHash hash, Instant now) {
        flush();
        getEntityManager()
                .createNativeQuery(
                        """
                        insert into password (account_id, organization_id, hash, changed_at)
                        values (:person, :organization, :hash, :now)
                        on conflict (account_id) do update
                            set hash = excluded.hash, changed_at = excluded.changed_at
                            where password.organization_id = excluded.organization_id
                        """)
                .setParameter("person", person.value())
                .setParameter("organization", organization.value())
                .setParameter("hash", hash.encoded())
                .setParameter("now", now)
                .executeUpdate();
    }

    private TypedQuery<Joined> joined(String condition) {
        return getEntityManager()
                .createQuery(
                        """
                        select a, p from AccountRow a
                        join PasswordRow p
                          on p.accountId = a.id and p.organizationId = a.organizationId
                        where\s"""
                                + condition,
                        Joined.class);
    }

    private static Optional<Stored> first(TypedQuery<Joined> query) {
        return query.getResultStream().findFirst().flatMap(PanachePasswords::stored);
    }

    private static Optional<Stored> stored(Joined joined) {
        return switch (joined.account().toDomain()) {
            case Account.Person person ->
                    Optional.of(new Stored(person, joined.password().toDomain()));
            case Account.Guest ignored -> Optional.empty();
        };
    }
}
