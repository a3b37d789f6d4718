package dev.parley.conversation.app.response;

import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.FinishReason;
import dev.parley.conversation.business.response.ReplayLog;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.Responses;
import dev.parley.conversation.business.response.TurnProgress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/**
 * Turns that other replicas run and somebody watches here: one short poll of the replay log for all
 * of them together, and none while nobody watches.
 */
@ApplicationScoped
class RemoteTurns {
    private static final System.Logger LOG = System.getLogger(RemoteTurns.class.getName());
    private static final Duration POLL = Duration.ofMillis(100);

    private final Responses responses;
    private final ReplayLog log;
    private final Map<ResponseId, Feed> followed = new ConcurrentHashMap<>();
    private boolean polling;

    @Inject
    RemoteTurns(Responses responses, ReplayLog log) {
        this.responses = responses;
        this.log = log;
    }

    TurnProgress follow(Response turn) {
        return new Remote(turn);
    }

    /** Whoever watches a turn watches the one feed of it that is polled. */
    private synchronized Feed watch(Response turn, Runnable change) {
        Feed feed = followed.computeIfAbsent(turn.id(), id -> new Feed(turn));
        feed.watchers.add(change);
        if (!polling) {
            polling = true;
            Thread.ofVirtual().name("remote-turns").start(this::poll);
        }
        return feed;
    }

    private synchronized boolean nothingToPoll() {
        followed.values().removeIf(Feed::unwatched);
        polling = !followed.isEmpty();
        return !polling;
    }

    private void poll() {
        while (!nothingToPoll()) {
            try {
                pollOnce();
            } catch (VirtualMachineError fatal) {
                throw fatal;
            } catch (RuntimeException | Error failure) {
                LOG.log(System.Logger.Level.WARNING, "watched turns could not be read", failure);
            }
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void pollOnce() {
        Map<ResponseId, Integer> seen = new HashMap<>();
        followed.forEach((id, feed) -> seen.put(id, feed.count()));
        if (seen.isEmpty()) {
            return;
        }
        Set<ResponseId> over = responses.notRunning(seen.keySet());
        Map<ResponseId, List<String>> more = log.after(seen);
        seen.keySet()
                .forEach(
                        id -> {
                            Feed feed = followed.get(id);
                            if (feed == null) {
                                return;
                            }
                            if (over.contains(id)) {
                                feed.end(fate(feed.turn));
                                followed.remove(id, feed);
                            } else if (more.containsKey(id)) {
                                feed.add(more.get(id));
                            }
                        });
    }

    private Response fate(Response turn) {
        return responses
                .find(turn.id(), turn.owner())
                .filter(found -> found.end() != null)
                .orElseGet(() -> deleted(turn));
    }

    static Response deleted(Response turn) {
        return turn.ended(
                new Response.End(
                        FinishReason.CANCELLED,
                        null,
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        Moments.now()));
    }

    /** A turn as one follower sees it: nothing before it is watched. */
    private final class Remote implements TurnProgress {
        private final Response turn;
        private volatile @Nullable Feed feed;

        Remote(Response turn) {
            this.turn = turn;
        }

        @Override
        public Reading read(int seen) {
            Feed watched = feed;
            return watched == null ? new Reading(List.of(), null) : watched.read(seen);
        }

        @Override
        public Watch watch(Runnable change) {
            Feed watched = RemoteTurns.this.watch(turn, change);
            feed = watched;
            return () -> watched.watchers.remove(change);
        }
    }

    /** What was read of a turn so far, for all who watch it. */
    private static final class Feed {
        private final Response turn;
        private final Set<Runnable> watchers = new CopyOnWriteArraySet<>();
        private final List<String> deltas = new ArrayList<>();
        private @Nullable Response ended;

        Feed(Response turn) {
            this.turn = turn;
        }

        synchronized int count() {
            return deltas.size();
        }

        boolean unwatched() {
            return watchers.isEmpty();
        }

        void add(List<String> more) {
            synchronized (this) {
                deltas.addAll(more);
            }
            watchers.forEach(Runnable::run);
        }

        void end(Response how) {
            synchronized (this) {
                ended = how;
            }
            watchers.forEach(Runnable::run);
        }

        synchronized TurnProgress.Reading read(int seen) {
            List<String> visible =
                    ended == null || ended.end() == null ? deltas : ended.end().deltas();
            int from = Math.min(seen, visible.size());
            return new TurnProgress.Reading(
                    List.copyOf(visible.subList(from, visible.size())), ended);
        }
    }
}
