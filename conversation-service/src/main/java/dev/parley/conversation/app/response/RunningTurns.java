package dev.parley.conversation.app.response;

import dev.parley.conversation.business.message.ResponseId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The turns that this replica runs. */
@ApplicationScoped
public class RunningTurns {
    private final Map<ResponseId, RunningTurn> turns = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    void add(RunningTurn turn) {
        turns.put(turn.id(), turn);
    }

    void remove(RunningTurn turn) {
        turns.remove(turn.id(), turn);
    }

    Optional<RunningTurn> find(ResponseId id) {
        return Optional.ofNullable(turns.get(id));
    }

    Collection<RunningTurn> all() {
        return List.copyOf(turns.values());
    }

    public int count() {
        return turns.size();
    }

    /** Whether no more turns are taken. */
    public boolean stopping() {
        return stopping;
    }

    void stop() {
        stopping = true;
    }
}
