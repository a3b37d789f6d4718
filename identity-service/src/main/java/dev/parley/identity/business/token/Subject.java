package dev.parley.identity.business.token;

import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.credential.ClientId;
import dev.parley.identity.business.credential.ServiceAccountId;

/** Who a token speaks for. */
public sealed interface Subject {
    /** Someone who has an organization, and on whose behalf a service may therefore act. */
    sealed interface Member extends Subject {
        OrganizationId organization();
    }

    /** A person or a guest. */
    record User(UserId id, OrganizationId organization) implements Member {}

    /** A client that acts for itself. */
    record ServiceAccount(ServiceAccountId id, OrganizationId organization) implements Member {}

    /** One of the five services, for itself. */
    record Service(ClientId client) implements Subject {}
}
