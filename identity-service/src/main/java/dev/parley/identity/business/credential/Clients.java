package dev.parley.identity.business.credential;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** All confidential clients. */
public interface Clients {
    Optional<Client> find(ClientId id);

    /**
     * Adds a client or changes its secret; an operator keeps the account it once got. False when it
     * was so already.
     */
    boolean put(Client client, Instant now);

    /** Removes all clients but these; which ones. */
    Set<ClientId> removeOthers(Set<ClientId> kept);
}
