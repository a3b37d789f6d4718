package dev.parley.identity.app.credential;

import dev.parley.identity.business.credential.Client;
import dev.parley.identity.business.credential.ClientId;
import dev.parley.identity.business.credential.ClientSecret;
import dev.parley.identity.business.credential.Clients;
import dev.parley.identity.business.credential.SecretHashes;
import dev.parley.identity.business.token.AuditTrail;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Tells which confidential client presents an id and a secret; empty for none of ours. */
@ApplicationScoped
public class AuthenticateClient {
    private final Clients clients;
    private final SecretHashes hashes;
    private final AuditTrail audit;

    @Inject
    AuthenticateClient(Clients clients, SecretHashes hashes, AuditTrail audit) {
        this.clients = clients;
        this.hashes = hashes;
        this.audit = audit;
    }

    public Optional<Client> handle(ClientId id, ClientSecret secret) {
        Optional<Client> known =
                clients.find(id).filter(client -> client.secret().matches(hashes.of(id, secret)));
        if (known.isEmpty()) {
            audit.count(new AuditTrail.Occurrence.ClientRefused());
        }
        return known;
    }
}
