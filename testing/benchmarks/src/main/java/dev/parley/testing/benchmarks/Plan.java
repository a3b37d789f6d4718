package dev.parley.testing.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Which phases a round has; targets take turns, so that a noisy machine hits all alike. */
record Plan(List<Target> targets, Load.Closed saturation, Load.Open steady, Load.Open turns) {
    Plan {
        targets = List.copyOf(targets);
    }

    /** The phases of round {@code round}; each round starts with another target. */
    List<Phase> round(int round) {
        List<Target> order = new ArrayList<>(targets);
        Collections.rotate(order, -round);
        List<Phase> phases = new ArrayList<>();
        for (Load load : List.of(saturation, steady)) {
            for (boolean stream : List.of(false, true)) {
                order.forEach(target -> phases.add(new Phase(target, stream, load)));
            }
        }
        order.forEach(target -> phases.add(new Phase(target, true, turns)));
        return phases;
    }
}
