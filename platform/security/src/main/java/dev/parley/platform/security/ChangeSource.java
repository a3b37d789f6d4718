package dev.parley.platform.security;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One owner's change feed. */
public interface ChangeSource {
    /** A fact that every replica must know soon. */
    record Change(long sequence, String kind, String id, Instant at) {}

    /** A page, in order; {@code next} is what to ask for after it. */
    record Changes(List<Change> changes, long next) {
        public Changes {
            changes = List.copyOf(changes);
        }
    }

    /** The changes after a sequence number; null asks for everything still in force. */
    Uni<Changes> after(@Nullable Long sequence);
}
