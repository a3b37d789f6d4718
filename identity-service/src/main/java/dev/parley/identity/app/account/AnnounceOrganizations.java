package dev.parley.identity.app.account;

import dev.parley.identity.business.account.AccountEvents;
import dev.parley.identity.business.account.Organization;
import dev.parley.identity.business.account.Organizations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;

/** Tells the other contexts of the organizations that a migration made, once. */
@ApplicationScoped
public class AnnounceOrganizations {
    private final Organizations organizations;
    private final AccountEvents events;
    private final Clock clock;

    @Inject
    AnnounceOrganizations(Organizations organizations, AccountEvents events, Clock clock) {
        this.organizations = organizations;
        this.events = events;
        this.clock = clock;
    }

    @Transactional
    public void handle() {
        Instant now = clock.instant();
        for (Organization organization : organizations.takeUnannounced(now)) {
            events.organizationCreated(organization, now);
        }
    }
}
