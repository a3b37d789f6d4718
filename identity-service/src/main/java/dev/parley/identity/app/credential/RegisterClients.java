package dev.parley.identity.app.credential;

import dev.parley.identity.business.credential.Client;
import dev.parley.identity.business.credential.Clients;
import dev.parley.identity.business.credential.ConfiguredClients;
import dev.parley.identity.business.credential.SecretHashes;
import dev.parley.identity.business.credential.ServiceAccountId;
import dev.parley.identity.business.token.AuditTrail;
import dev.parley.platform.id.TimeOrderedIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;

/**
 * Lets the clients in that the configuration names, and no others; which of them are new, have
 * another secret or are gone is put on record.
 */
@ApplicationScoped
public class RegisterClients {
    private final ConfiguredClients configured;
    private final Clients clients;
    private final SecretHashes hashes;
    private final AuditTrail audit;
    private final TimeOrderedIds ids;
    private final Clock clock;

    @Inject
    RegisterClients(
            ConfiguredClients configured,
            Clients clients,
            SecretHashes hashes,
            AuditTrail audit,
            TimeOrderedIds ids,
            Clock clock) {
        this.configured = configured;
        this.clients = clients;
        this.hashes = hashes;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional
    public void handle() {
        Instant now = clock.instant();
        clients.removeOthers(configured.ids())
                .forEach(id -> audit.record(new AuditTrail.Deed.ClientRemoved(id)));
        configured
                .services()
                .forEach((id, secret) -> put(new Client.Service(id, hashes.of(id, secret)), now));
        configured
                .operators()
                .forEach(
                        (id, secret) ->
                                put(
                                        new Client.Operator(
                                                id,
                                                new ServiceAccountId(ids.next()),
                                                hashes.of(id, secret)),
                                        now));
    }

    private void put(Client client, Instant now) {
        if (clients.put(client, now)) {
            audit.record(new AuditTrail.Deed.ClientRegistered(client.id()));
        }
    }
}
