package dev.parley.identity.business.credential;

/** Hashes secrets with a key of the installation's, so that a stolen table opens nothing. */
public interface SecretHashes {
    SecretHash of(ApiKeySecret secret);

    SecretHash of(ClientId client, ClientSecret secret);
}
