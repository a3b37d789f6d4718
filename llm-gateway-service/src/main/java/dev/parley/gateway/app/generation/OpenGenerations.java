package dev.parley.gateway.app.generation;

import dev.parley.gateway.business.admission.CallId;
import dev.parley.gateway.business.admission.Progress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The calls that this replica has open. */
@ApplicationScoped
public class OpenGenerations {
    private final Set<RunningGeneration> open = ConcurrentHashMap.newKeySet();
    private final Set<RunningGeneration> unannounced = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    void add(RunningGeneration generation) {
        open.add(generation);
        unannounced.add(generation);
    }

    void remove(RunningGeneration generation) {
        open.remove(generation);
        unannounced.remove(generation);
    }

    /** How many there are. */
    public int count() {
        return open.size();
    }

    List<Progress> progress() {
        return open.stream().map(RunningGeneration::progress).toList();
    }

    /** Those that have claimed what they were made for. */
    List<CallId> claimed() {
        return open.stream()
                .filter(RunningGeneration::isClaimed)
                .map(RunningGeneration::id)
                .toList();
    }

    /** The calls that were begun since this was asked last. */
    List<Progress> begun() {
        List<RunningGeneration> begun = List.copyOf(unannounced);
        begun.forEach(unannounced::remove);
        return begun.stream().map(RunningGeneration::progress).toList();
    }

    /** Whether none may begin any more. */
    boolean isStopped() {
        return stopped;
    }

    void stop() {
        stopped = true;
        open.forEach(RunningGeneration::stop);
    }

    void expire(long nowNanos) {
        open.forEach(generation -> generation.expire(nowNanos));
    }
}
