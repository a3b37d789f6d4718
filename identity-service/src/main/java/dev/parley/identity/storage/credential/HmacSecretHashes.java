package dev.parley.identity.storage.credential;

import dev.parley.identity.business.credential.ApiKeySecret;
import dev.parley.identity.business.credential.ClientId;
import dev.parley.identity.business.credential.ClientSecret;
import dev.parley.identity.business.credential.SecretHash;
import dev.parley.identity.business.credential.SecretHashes;
import dev.parley.identity.storage.account.KeyedHashes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Fast on purpose: these secrets have 256 random bits, so there is nothing to slow down. */
@ApplicationScoped
class HmacSecretHashes implements SecretHashes {
    private final KeyedHashes hashes;

    @Inject
    HmacSecretHashes(KeyedHashes hashes) {
        this.hashes = hashes;
    }

    @Override
    public SecretHash of(ApiKeySecret secret) {
        return new SecretHash(hashes.hash(KeyedHashes.Use.API_KEY, secret.value()));
    }

    @Override
    public SecretHash of(ClientId client, ClientSecret secret) {
        return new SecretHash(
                hashes.hash(KeyedHashes.Use.CLIENT_SECRET, client.value() + '\0' + secret.value()));
    }
}
