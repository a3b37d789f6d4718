package dev.parley.identity.business.credential;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The clients that the installation's configuration names, with their secrets. */
public record ConfiguredClients(
        Map<ClientId, ClientSecret> services, Map<ClientId, ClientSecret> operators) {
    public ConfiguredClients {
        services = Map.copyOf(services);
        operators = Map.copyOf(operators);
        for (ClientId id : services.keySet()) {
            if (!Client.SERVICES.contains(id)) {
                throw new IllegalArgumentException("not a service of ours: " + id.value());
            }
        }
        for (ClientId id : operators.keySet()) {
            if (Client.SERVICES.contains(id) || id.equals(ClientId.FIRST_PARTY)) {
                throw new IllegalArgumentException("not an operator's name: " + id.value());
            }
        }
    }

    public Set<ClientId> ids() {
        Set<ClientId> ids = new HashSet<>(services.keySet());
        ids.addAll(operators.keySet());
        return ids;
    }
}
