package dev.parley.identity.storage.account;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts for the database with AES-256-GCM and a key for one use: a random nonce in front, the
 * name of what it is authenticated with it, so that one row's content cannot be put into another.
 */
public final class Seal {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String CIPHER = "AES/GCM/NoPadding";

    private final SecretKeySpec key;
    private final RandomGenerator random;

    /**
     * A seal for one use.
     *
     * @param key 32 bytes
     */
    public Seal(byte[] key, RandomGenerator random) {
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    public byte[] close(byte[] name, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, name, nonce).doFinal(plain);
            return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has " + CIPHER, missing);
        }
    }

    /** Empty when it was closed with another key or under another name, or was changed. */
    public Optional<byte[]> open(byte[] name, byte[] sealed) {
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] encrypted = new byte[buffer.remaining()];
        buffer.get(encrypted);
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, name, nonce).doFinal(encrypted));
        } catch (GeneralSecurityException refused) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] name, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name);
        return cipher;
    }
}
