package dev.parley.gateway.storage.admission;

import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import java.io.IOException;
import java.time.Duration;

/**
 * Asks a neighbour again when the replica that was asked has died: another one may be there. Only
 * for questions that may be asked twice; a neighbour that takes too long is not asked again.
 */
final class PassingFailures {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final int MORE_TRIES = 3;
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;

    private PassingFailures() {}

    static <T> Uni<T> outlived(Uni<T> question) {
        return question.onFailure(PassingFailures::isPassing)
                .retry()
                .withBackOff(FIRST_PAUSE)
                .atMost(MORE_TRIES);
    }

    static boolean isPassing(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof NeighbourRefusal answered) {
                return answered.status() == BAD_GATEWAY || answered.status() == UNAVAILABLE;
            }
            if (cause instanceof IOException || cause instanceof VertxException) {
                return true;
            }
        }
        return false;
    }
}
