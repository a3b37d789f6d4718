package dev.parley.identity.storage.token;

import dev.parley.identity.storage.account.InstallationKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts private keys for the database with AES-256-GCM: a random nonce in front, the key's id
 * authenticated with it, so that one row's key cannot be put into another.
 */
@Singleton
class KeySeal {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String CIPHER = "AES/GCM/NoPadding";

    private final SecretKeySpec key;
    private final RandomGenerator random;

    @Inject
    KeySeal(InstallationKey installationKey, RandomGenerator random) {
        this.key = new SecretKeySpec(installationKey.derive("seal:signing_key"), "AES");
        this.random = random;
    }

    byte[] close(UUID id, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, id, nonce).doFinal(plain);
            return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has " + CIPHER, missing);
        }
    }

    byte[] open(UUID id, byte[] sealed) {
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] encrypted = new byte[buffer.remaining()];
        buffer.get(encrypted);
        try {
            return cipher(Cipher.DECRYPT_MODE, id, nonce).doFinal(encrypted);
        } catch (GeneralSecurityException refused) {
            throw new IllegalStateException(
                    "a signing key cannot be decrypted: PARLEY_KEY_ENCRYPTION_KEY is not the one"
                            + " that it was stored with",
                    refused);
        }
    }

    private Cipher cipher(int mode, UUID id, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array());
        return cipher;
    }
}
