package dev.parley.conversation.app.response;

import dev.parley.conversation.business.response.ConsumedEvents;
import dev.parley.conversation.business.response.IdempotencyKeys;
import dev.parley.conversation.business.response.KeptTurns;
import dev.parley.conversation.business.response.RequestKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/** Forgets keys, answers and events that are too old to be repeated. */
@ApplicationScoped
public class ForgetRepeats {
    private static final Duration EVENTS_ARE_KEPT = Duration.ofDays(30);

    private final IdempotencyKeys keys;
    private final KeptTurns turns;
    private final ConsumedEvents events;

    @Inject
    ForgetRepeats(IdempotencyKeys keys, KeptTurns turns, ConsumedEvents events) {
        this.keys = keys;
        this.turns = turns;
        this.events = events;
    }

    @Transactional
    public void handle() {
        Instant now = Instant.now();
        keys.forget(now.minus(RequestKey.KEPT));
        turns.forgetExpired();
        events.forget(now.minus(EVENTS_ARE_KEPT));
    }
}
