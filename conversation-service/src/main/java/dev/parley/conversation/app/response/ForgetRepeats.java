package dev.parley.conversation.app.response;

import dev.parley.conversation.business.response.ConsumedEvents;
import dev.parley.conversation.business.response.IdempotencyKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/** Forgets keys and events that are too old to be repeated. */
@ApplicationScoped
public class ForgetRepeats {
    private static final Duration KEYS_ARE_KEPT = Duration.ofHours(24);
    private static final Duration EVENTS_ARE_KEPT = Duration.ofDays(30);

    private final IdempotencyKeys keys;
    private final ConsumedEvents events;

    @Inject
    ForgetRepeats(IdempotencyKeys keys, ConsumedEvents events) {
        this.keys = keys;
        this.events = events;
    }

    @Transactional
    public void handle() {
        Instant now = Instant.now();
        keys.forget(now.minus(KEYS_ARE_KEPT));
        events.forget(now.minus(EVENTS_ARE_KEPT));
    }
}
