package dev.parley.identity.business.token;

import java.util.Optional;

/** The installation's signing keys. */
public interface SigningKeys {
    /** What this replica knows; empty until keys have been made. */
    Optional<SigningKeySet> known();

    /** Reads the keys anew, so that {@link #known} tells what other replicas did. */
    void reload();

    /** The stored keys; no other replica changes them until the transaction ends. */
    Optional<SigningKeySet> lock();

    /** Stores the set in place of what was there; this replica knows it at the commit. */
    void put(SigningKeySet keys);

    SigningKeySet.Fresh generate();
}
