package dev.parley.identity.storage.token;

import dev.parley.identity.storage.account.InstallationKey;
import dev.parley.identity.storage.account.Seal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Encrypts private keys for the database, each under its id. */
@Singleton
class KeySeal {
    private final Seal seal;

    @Inject
    KeySeal(InstallationKey installationKey, RandomGenerator random) {
        this.seal = new Seal(installationKey.derive("seal:signing_key"), random);
    }

    byte[] close(UUID id, byte[] plain) {
        return seal.close(bytes(id), plain);
    }

    byte[] open(UUID id, byte[] sealed) {
        return seal.open(bytes(id), sealed)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "a signing key cannot be decrypted:"
                                                + " PARLEY_KEY_ENCRYPTION_KEY is not the one that"
                                                + " it was stored with"));
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
