package dev.parley.conversation.app.response;

import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.ReplayLog;
import dev.parley.conversation.business.response.ReplayLog.Entry;
import dev.parley.conversation.business.response.TurnPolicy;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Commits what all turns of this replica say to the replay log: a turn's first delta at once, then
 * everything together once in each interval.
 */
@ApplicationScoped
class GroupCommit {
    private static final System.Logger LOG = System.getLogger(GroupCommit.class.getName());

    private final ReplayLog log;
    private final long intervalNanos;
    private final Object lock = new Object();
    private Set<RunningTurn> waiting = new LinkedHashSet<>();
    private boolean urgent;
    private boolean closed;
    private boolean failing;

    @Inject
    GroupCommit(ReplayLog log, TurnPolicy policy) {
        this.log = log;
        this.intervalNanos = policy.commitInterval().toNanos();
    }

    @PostConstruct
    void begin() {
        Thread.ofPlatform().name("replay-log").daemon().start(this::run);
    }

    @PreDestroy
    void end() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }

    /** The turn has said something that nobody may see yet. */
    void offer(RunningTurn turn, boolean atOnce) {
        synchronized (lock) {
            boolean idle = waiting.isEmpty();
            waiting.add(turn);
            urgent |= atOnce;
            if (idle || atOnce) {
                lock.notifyAll();
            }
        }
    }

    private void run() {
        long due = System.nanoTime();
        while (true) {
            Set<RunningTurn> batch;
            synchronized (lock) {
                try {
                    while (waiting.isEmpty() && !closed) {
                        lock.wait();
                    }
                    for (long left = due - System.nanoTime();
                            left > 0 && !urgent && !closed;
                            left = due - System.nanoTime()) {
                        Duration pause = Duration.ofNanos(left);
                        lock.wait(pause.toMillis(), pause.toNanosPart() % 1_000_000);
                    }
                } catch (InterruptedException stop) {
                    return;
                }
                if (closed) {
                    return;
                }
                batch = waiting;
                waiting = new LinkedHashSet<>();
                urgent = false;
            }
            due = System.nanoTime() + intervalNanos;
            commit(batch);
        }
    }

    private void commit(Set<RunningTurn> batch) {
        Map<RunningTurn, Entry> entries = LinkedHashMap.newLinkedHashMap(batch.size());
        for (RunningTurn turn : batch) {
            Entry entry = turn.toCommit();
            if (entry != null) {
                entries.put(turn, entry);
            }
        }
        if (entries.isEmpty()) {
            return;
        }
        List<Entry> all = new ArrayList<>(entries.values());
        try {
            Set<ResponseId> taken = log.append(all);
            failing = false;
            entries.forEach(
                    (turn, entry) -> {
                        if (taken.contains(entry.response())) {
                            turn.committed(entry.deltas().size());
                        } else {
                            turn.fenced();
                        }
                    });
        } catch (RuntimeException | Error failure) {
            if (!failing) {
                failing = true;
                LOG.log(System.Logger.Level.WARNING, "the replay log takes nothing", failure);
            }
            entries.keySet().forEach(RunningTurn::notCommitted);
            if (failure instanceof VirtualMachineError fatal) {
                throw fatal;
            }
        }
    }
}
