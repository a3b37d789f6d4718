package dev.parley.identity.business.credential;

import java.time.Instant;
import java.util.Optional;

/** All confidential clients. */
public interface Clients {
    Optional<Client> find(ClientId id);

    /** Adds a client or changes its secret; an operator keeps the account it once got. */
    void put(Client client, Instant now);
}
