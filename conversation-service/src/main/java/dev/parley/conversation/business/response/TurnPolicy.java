package dev.parley.conversation.business.response;

import java.time.Duration;

/**
 * How turns are run.
 *
 * @param lease how long a turn stays with a replica that is not heard of
 * @param admissionTimeout how long the gateway may take to admit or refuse
 * @param idleTimeout how long an admitted generation may say nothing
 * @param commitInterval how often what turns said is committed, after each one's first delta
 * @param endingPatience how long a turn's end may take to be recorded before its watchers are told
 *     that it failed
 * @param drain how long turns may go on when the replica is told to stop
 */
public record TurnPolicy(
        Duration lease,
        Duration admissionTimeout,
        Duration idleTimeout,
        Duration commitInterval,
        Duration endingPatience,
        Duration drain) {
    public TurnPolicy {
        if (lease.compareTo(Duration.ofSeconds(2)) < 0) {
            throw new IllegalArgumentException("a lease is renewed each second, so it is longer");
        }
    }
}
