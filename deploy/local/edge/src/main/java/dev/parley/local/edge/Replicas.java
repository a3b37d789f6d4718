package dev.parley.local.edge;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The replicas of one service. */
final class Replicas {
    private final List<Replica> all;
    private final AtomicInteger turn = new AtomicInteger();

    Replicas(List<EdgeConfiguration.Replica> configured) {
        this.all = configured.stream().map(Replica::new).toList();
    }

    List<Replica> all() {
        return all;
    }

    /** The ready one with the least to do that is not in {@code tried}; equals take turns. */
    Optional<Replica> next(Set<Replica> tried) {
        int start = Math.floorMod(turn.getAndIncrement(), Math.max(1, all.size()));
        Replica least = null;
        for (int i = 0; i < all.size(); i++) {
            Replica candidate = all.get((start + i) % all.size());
            if (candidate.ready()
                    && !tried.contains(candidate)
                    && (least == null || candidate.inFlight() < least.inFlight())) {
                least = candidate;
            }
        }
        return Optional.ofNullable(least);
    }
}
