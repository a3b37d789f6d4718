package dev.parley.identity.app.credential;

import dev.parley.identity.business.credential.Client;
import dev.parley.identity.business.credential.Clients;
import dev.parley.identity.business.credential.ConfiguredClients;
import dev.parley.identity.business.credential.SecretHashes;
import dev.parley.identity.business.credential.ServiceAccountId;
import dev.parley.platform.id.TimeOrderedIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;

/** Puts the clients that the configuration names on record, and takes all others off it. */
@ApplicationScoped
public class RegisterClients {
    private final ConfiguredClients configured;
    private final Clients clients;
    private final SecretHashes hashes;
    private final TimeOrderedIds ids;
    private final Clock clock;

    @Inject
    RegisterClients(
            ConfiguredClients configured,
            Clients clients,
            SecretHashes hashes,
            TimeOrderedIds ids,
            Clock clock) {
        this.configured = configured;
        this.clients = clients;
        this.hashes = hashes;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional
    public void handle() {
        Instant now = clock.instant();
        clients.removeOthers(configured.ids());
        configured
                .services()
                .forEach(
                        (id, secret) ->
                                clients.put(new Client.Service(id, hashes.of(id, secret)), now));
        configured
                .operators()
                .forEach(
                        (id, secret) ->
                                clients.put(
                                        new Client.Operator(
                                                id,
                                                new ServiceAccountId(ids.next()),
                                                hashes.of(id, secret)),
                                        now));
    }
}
