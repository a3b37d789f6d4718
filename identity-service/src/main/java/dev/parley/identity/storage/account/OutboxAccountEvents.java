package dev.parley.identity.storage.account;

import dev.parley.identity.business.account.Account;
import dev.parley.identity.business.account.AccountEvents;
import dev.parley.identity.business.account.Organization;
import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.UserId;
import dev.parley.platform.id.PublicId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class OutboxAccountEvents implements AccountEvents {
    private final IdentityOutbox outbox;

    /** Data of {@code organization_created}. */
    @RegisterForReflection
    record OrganizationCreated(
            String organization, String kind, String plan, @Nullable String createdBy) {}

    /** Data of {@code user_registered}. */
    @RegisterForReflection
    record UserRegistered(String user, String organization) {}

    @Inject
    OutboxAccountEvents(IdentityOutbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void organizationCreated(Organization organization, Instant at) {
        String id = PublicId.format(OrganizationId.PREFIX, organization.id().value());
        outbox.append(
                "organization_created",
                organization.id(),
                id,
                at,
                new OrganizationCreated(
                        id,
                        organization.kind().text(),
                        organization.plan().value(),
                        organization.createdBy().map(OutboxAccountEvents::spell).orElse(null)));
    }

    @Override
    public void userRegistered(Account.Person person) {
        outbox.append(
                "user_registered",
                person.organization(),
                spell(person.id()),
                person.createdAt(),
                new UserRegistered(
                        spell(person.id()),
                        PublicId.format(OrganizationId.PREFIX, person.organization().value())));
    }

    private static String spell(UserId user) {
        return PublicId.format(UserId.PREFIX, user.value());
    }
}
