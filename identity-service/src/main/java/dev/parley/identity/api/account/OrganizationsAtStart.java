package dev.parley.identity.api.account;

import dev.parley.identity.app.account.AnnounceOrganizations;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

@ApplicationScoped
class OrganizationsAtStart {
    private final AnnounceOrganizations announceOrganizations;

    @Inject
    OrganizationsAtStart(AnnounceOrganizations announceOrganizations) {
        this.announceOrganizations = announceOrganizations;
    }

    void start(@Observes StartupEvent started) {
        announceOrganizations.handle();
    }
}
