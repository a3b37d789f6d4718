package dev.parley.identity.storage.credential;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The settings of the credential column. */
@ConfigMapping(prefix = "parley.credential")
interface CredentialSettings {
    /** {@code name=secret} of each service, with commas between. */
    Optional<String> clientSecrets();

    /** The operator's client. */
    Operator operator();

    /** Passwords and how they are hashed. */
    Passwords password();

    /** The back-off of logins. */
    Login login();

    /** How long a client that was found is remembered. */
    @WithDefault("5s")
    Duration clientCacheTimeToLive();

    /** The client of those who run the installation; without a secret there is none. */
    interface Operator {
        @WithDefault("operator")
        String clientId();

        Optional<String> clientSecret();
    }

    /** Argon2id (RFC 9106) and the bounds of passwords. */
    interface Passwords {
        /** In characters. */
        @WithDefault("8")
        int shortest();

        /** In characters. */
        @WithDefault("128")
        int longest();

        /** Memory of one hash, in KiB. */
        @WithDefault("19456")
        int memoryKib();

        /** Passes over the memory. */
        @WithDefault("2")
        int iterations();

        /** How many hashes are made at once; 0 for half of the processors. */
        @WithDefault("0")
        int concurrency();

        /** How many more may wait. */
        @WithDefault("32")
        int queueLength();

        /** How long one may wait. */
        @WithDefault("2s")
        Duration queueTimeout();
    }

    /** Attempts that are free, and the wait after each further one. */
    interface Login {
        @WithDefault("10")
        int freeAttemptsPerAccount();

        @WithDefault("100")
        int freeAttemptsPerAddress();

        /** Doubles with each further attempt. */
        @WithDefault("1s")
        Duration firstDelay();

        @WithDefault("15m")
        Duration longestDelay();

        /** A pause after which nothing counts any more. */
        @WithDefault("1h")
        Duration forgottenAfter();
    }
}
