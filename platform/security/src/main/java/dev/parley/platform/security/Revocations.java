package dev.parley.platform.security;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keys, sessions, tokens and subjects that stopped being good before their tokens expire. Kept in
 * memory as long as a token that they touch could still be presented.
 */
@ApplicationScoped
public class Revocations {
    private static final Duration LONGEST_TOKEN_LIFE = Duration.ofMinutes(15);

    private final Map<String, Instant> keys = new ConcurrentHashMap<>();
    private final Map<String, Instant> sessions = new ConcurrentHashMap<>();
    private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
    private final Map<String, Instant> subjects = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> known = new CompletableFuture<>();

    /** Takes a page of the issuer's change feed in; unknown kinds are for others. */
    public void apply(List<ChangeSource.Change> changes) {
        put(changes);
        if (changes.size() < ChangeFeedPoller.FULL_PAGE) {
            known.complete(null);
        }
        if (!changes.isEmpty()) {
            listeners.forEach(Runnable::run);
        }
    }

    private void put(List<ChangeSource.Change> changes) {
        for (ChangeSource.Change change : changes) {
            switch (change.kind()) {
                case "key_revoked" -> keys.put(change.id(), change.at());
                case "session_revoked" -> sessions.put(change.id(), change.at());
                case "token_revoked" -> tokens.put(change.id(), change.at());
                case "subject_revoked" -> subjects.put(change.id(), change.at());
                default -> {}
            }
        }
    }

    /** Whether the feed was read at least once: before that, nobody can be told to be good. */
    boolean areKnown() {
        return known.isDone();
    }

    /** Waits for the first reading of the feed. */
    Uni<Void> whenKnown() {
        return Uni.createFrom().completionStage(() -> known.copy());
    }

    /**
     * Whether the caller's token was revoked after it was issued. Of keys, sessions and single
     * tokens any revocation counts. One of a subject voids what was issued up to its own moment; a
     * token of the same millisecond, or of the same second where it tells no more, counts as older.
     */
    public boolean covers(Caller caller) {
        String key = caller.apiKey();
        String session = caller.session();
        if ((key != null && keys.containsKey(key))
                || (session != null && sessions.containsKey(session))
                || tokens.containsKey(caller.tokenId())) {
            return true;
        }
        Instant revokedAt = subjects.get(caller.subject());
        return revokedAt != null && !caller.validSince().isAfter(revokedAt);
    }

    /** Calls back after each page that held anything, so that open streams can be ended. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Forgets what no token can be touched by any more. */
    void forgetBefore(Instant now) {
        Instant horizon = now.minus(LONGEST_TOKEN_LIFE);
        for (Map<String, Instant> revoked : List.of(keys, sessions, tokens, subjects)) {
            revoked.values().removeIf(at -> at.isBefore(horizon));
        }
    }
}
