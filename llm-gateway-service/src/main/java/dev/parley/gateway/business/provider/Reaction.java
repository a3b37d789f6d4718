package dev.parley.gateway.business.provider;

import dev.parley.gateway.business.generation.Failure;
import dev.parley.gateway.business.generation.GenerationPolicy;
import java.time.Duration;

/** What follows when an attempt to get an answer from a provider has failed. */
public sealed interface Reaction {
    /** Another attempt. */
    record Retry(Duration pause) implements Reaction {}

    /**
     * The call has failed.
     *
     * @param reached whether the provider was at work, so that what it used is charged
     */
    record GiveUp(Failure failure, boolean reached) implements Reaction {}

    /**
     * Another attempt while nothing has come that a second answer would contradict.
     *
     * @param attempt the number of the one that failed, from 1
     * @param received whether text has come from it
     */
    static Reaction to(
            ProviderFailure.Kind failure, int attempt, boolean received, GenerationPolicy policy) {
        return switch (failure) {
            case UNREACHABLE, FAULT ->
                    !received && attempt < policy.attempts()
                            ? new Retry(policy.retryPause())
                            : new GiveUp(Failure.UPSTREAM_ERROR, received);
            case REQUEST_REFUSED -> new GiveUp(Failure.UPSTREAM_REFUSED, false);
            case BROKEN_OFF -> new GiveUp(Failure.UPSTREAM_ERROR, true);
        };
    }
}
