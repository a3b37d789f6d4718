package dev.parley.identity.business.account;

import java.time.Instant;
import java.util.Set;

/** Someone who can hold a conversation. */
public sealed interface Account {
    UserId id();

    OrganizationId organization();

    Set<Role> roles();

    Instant createdAt();

    /** Someone we know by an address. */
    record Person(
            UserId id,
            OrganizationId organization,
            EmailAddress email,
            PersonName name,
            Set<Role> roles,
            Instant createdAt)
            implements Account {
        public Person {
            roles = Set.copyOf(roles);
        }

        /** The same person in these roles and no others. */
        public Person with(Set<Role> others) {
            return new Person(id, organization, email, name, others, createdAt);
        }
    }

    /** Someone we know nothing about. */
    record Guest(UserId id, Instant createdAt) implements Account {
        @Override
        public OrganizationId organization() {
            return OrganizationId.GUESTS;
        }

        @Override
        public Set<Role> roles() {
            return Set.of(Role.GUEST);
        }
    }
}
