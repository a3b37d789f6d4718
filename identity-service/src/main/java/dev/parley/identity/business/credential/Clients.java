package dev.parley.identity.business.credential;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** All confidential clients. */
public interface Clients {
    Optional<Client> find(ClientId id);

    /** Adds a client or changes its secret; an operator keeps the account it once got. */
    void put(Client client, Instant now);

    /** Removes all clients but these. */
    void removeOthers(Set<ClientId> kept);
}
