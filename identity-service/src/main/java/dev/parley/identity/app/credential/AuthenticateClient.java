package dev.parley.identity.app.credential;

import dev.parley.identity.business.credential.Client;
import dev.parley.identity.business.credential.ClientId;
import dev.parley.identity.business.credential.ClientSecret;
import dev.parley.identity.business.credential.Clients;
import dev.parley.identity.business.credential.SecretHashes;
import dev.parley.identity.business.token.AuditTrail;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells which confidential client presents its id and secret; empty for none of ours. */
@ApplicationScoped
public class AuthenticateClient {
    /** An id with a secret. */
    public record Presented(ClientId id, ClientSecret secret) {}

    private final Clients clients;
    private final SecretHashes hashes;
    private final AuditTrail audit;

    @Inject
    AuthenticateClient(Clients clients, SecretHashes hashes, AuditTrail audit) {
        this.clients = clients;
        this.hashes = hashes;
        this.audit = audit;
    }

    /**
     * The client of the first that is right.
     *
     * @param readings the ways in which what was sent may be meant; together they are one attempt
     */
    public Optional<Client> handle(List<Presented> readings) {
        Optional<Client> known = readings.stream().flatMap(this::proven).findFirst();
        if (known.isEmpty()) {
            audit.count(new AuditTrail.Occurrence.ClientRefused());
        }
        return known;
    }

    private Stream<Client> proven(Presented presented) {
        ClientId id = presented.id();
        return clients
                .find(id)
                .filter(client -> client.secret().matches(hashes.of(id, presented.secret())))
                .stream();
    }
}
