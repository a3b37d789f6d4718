package dev.parley.identity.api.credential;

import dev.parley.identity.app.credential.RegisterClients;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

@ApplicationScoped
class ClientsAtStart {
    private final RegisterClients registerClients;

    @Inject
    ClientsAtStart(RegisterClients registerClients) {
        this.registerClients = registerClients;
    }

    void start(@Observes StartupEvent started) {
        registerClients.handle();
    }
}
