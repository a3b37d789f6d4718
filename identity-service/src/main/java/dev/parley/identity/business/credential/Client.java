package dev.parley.identity.business.credential;

import java.util.Set;

/** A confidential OAuth client. */
public sealed interface Client {
    /** The five services; they alone get tokens for each other. */
    Set<ClientId> SERVICES =
            Set.of(
                    new ClientId("conversation-service"),
                    new ClientId("identity-service"),
                    new ClientId("llm-gateway-service"),
                    new ClientId("moderation-service"),
                    new ClientId("usage-billing-service"));

    ClientId id();

    SecretHash secret();

    /** One of the five services. */
    record Service(ClientId id, SecretHash secret) implements Client {
        public Service {
            if (!SERVICES.contains(id)) {
                throw new IllegalArgumentException("not a service of ours: " + id.value());
            }
        }
    }

    /** Those who run the installation. */
    record Operator(ClientId id, ServiceAccountId account, SecretHash secret) implements Client {}
}
