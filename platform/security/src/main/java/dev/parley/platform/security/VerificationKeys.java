package dev.parley.platform.security;

import io.smallrye.mutiny.Uni;
import java.security.PublicKey;
import java.util.Optional;

/** The issuer's public keys, by {@code kid}. */
public interface VerificationKeys {
    /** The key, or empty when the issuer has none of that id; fails when that cannot be told. */
    Uni<Optional<PublicKey>> find(String keyId);
}
