package dev.parley.conversation.business.response;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A turn as those who watch it see it; reading never waits. */
public interface TurnProgress {
    /** What is there beyond the first {@code seen} deltas. */
    Reading read(int seen);

    /**
     * Calls back whenever there may be more to read, until closed; from any thread, and it must
     * return at once.
     */
    Watch watch(Runnable change);

    /**
     * What there is to read.
     *
     * @param ended the turn as it ended; deltas are then complete
     */
    record Reading(List<String> deltas, @Nullable Response ended) {}

    /** An end to being called back. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /** A turn that has ended. */
    static TurnProgress of(Response ended) {
        List<String> deltas = ended.end() == null ? List.of() : ended.end().deltas();
        return new TurnProgress() {
            @Override
            public Reading read(int seen) {
                return new Reading(
                        deltas.subList(Math.min(seen, deltas.size()), deltas.size()), ended);
            }

            @Override
            public Watch watch(Runnable change) {
                return () -> {};
            }
        };
    }
}
