package dev.parley.identity.business.credential;

import java.time.Instant;

/** What other contexts are told about credentials; written with the change itself. */
public interface CredentialEvents {
    void apiKeyRevoked(ApiKey key, Instant at);
}
