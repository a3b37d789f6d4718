package dev.parley.identity.business.token;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The change feed: what was revoked, in an order that everyone sees alike. */
public interface Revocations {
    /** A revocation and its place in the order. */
    record Recorded(long sequence, Revocation revocation, Instant at) {}

    /** Some of the feed, and where to go on. */
    record Page(List<Recorded> recorded, long next) {
        public Page {
            recorded = List.copyOf(recorded);
        }
    }

    /** Appends; what is appended later is committed later, so that no reader misses it. */
    void append(List<Revocation> revocations, Instant at);

    /** Empty asks for all that may still matter. */
    Page after(Optional<Long> sequence, int most);

    /** Whether the token, its key, its session or its subject is revoked. */
    boolean cover(AccessToken token);

    /** Drops what no token can be touched by any more. */
    void forgetBefore(Instant instant);
}
