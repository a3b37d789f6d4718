package dev.parley.conversation.business.response;

import dev.parley.conversation.business.message.Payload;
import dev.parley.conversation.business.message.ResponseId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns of which nothing is stored, for whoever may ask for the same again, and no longer than that
 * may be. Only a caller with the same request under the same key gets to see one.
 */
public interface KeptTurns {
    /** Announces a turn, which this replica runs for as long as it renews the lease. */
    void begin(Response turn, Duration lease, Instant expiry);

    /** Goes on holding turns. */
    void renew(Collection<ResponseId> running, Duration lease);

    /** Keeps how a turn ended, unless it was taken for abandoned meanwhile. */
    void end(Response ended);

    /** Forgets a turn that came to nothing. */
    void forget(ResponseId id);

    /** Forgets a turn whose replica is gone; whether it was one. */
    boolean forgetAbandoned(ResponseId id);

    /** Forgets what is too old to be told again. */
    void forgetExpired();

    Optional<Kept> find(ResponseId id);

    /** What is known of a turn. */
    sealed interface Kept {
        record Running() implements Kept {}

        /** All of it but what the request itself says, and what it said. */
        record Ended(Response turn, @Nullable Payload said) implements Kept {}

        /** What it said was erased. */
        record Erased() implements Kept {}
    }
}
