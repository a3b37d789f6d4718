package dev.parley.identity.business.credential;

import java.time.Duration;

/** Hashes passwords: slow on purpose, and only so many at once. */
public interface PasswordHasher {
    /** What became of a new password. */
    sealed interface Hashing {
        record Hashed(PasswordHash hash) implements Hashing {}

        /** Too many others wait. */
        record Busy(Duration retryAfter) implements Hashing {}
    }

    /** What became of a presented password. */
    sealed interface Checking {
        record Matches() implements Checking {}

        record Differs() implements Checking {}

        /** Too many others wait. */
        record Busy(Duration retryAfter) implements Checking {}
    }

    Hashing hash(Password password);

    Checking check(Password password, PasswordHash hash);

    /** A hash that no password has; checking against it costs what any other check costs. */
    PasswordHash decoy();
}
