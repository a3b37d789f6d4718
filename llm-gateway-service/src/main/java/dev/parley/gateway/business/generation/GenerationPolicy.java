package dev.parley.gateway.business.generation;

import java.time.Duration;

/**
 * The bounds of a call.
 *
 * @param attempts how often the provider is asked at most, before any text came
 * @param retryPause the pause between attempts
 * @param firstToken the time until the first text
 * @param betweenTokens the time between two texts
 * @param total the time of the whole answer
 * @param longestUnread the time for which a caller may leave unread what it is sent
 * @param mostOpen how many calls a replica has open at once
 */
public record GenerationPolicy(
        int attempts,
        Duration retryPause,
        Duration firstToken,
        Duration betweenTokens,
        Duration total,
        Duration longestUnread,
        int mostOpen) {

    public GenerationPolicy {
        if (attempts < 1 || mostOpen < 1) {
            throw new IllegalArgumentException("a policy that lets nothing through");
        }
    }
}
