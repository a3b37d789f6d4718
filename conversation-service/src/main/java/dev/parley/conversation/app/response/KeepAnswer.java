package dev.parley.conversation.app.response;

import dev.parley.conversation.business.response.IdempotencyKeys;
import dev.parley.conversation.business.response.KeptTurns;
import dev.parley.conversation.business.response.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Keeps how a turn ended of which nothing is stored, for whoever asks for the same again. */
@ApplicationScoped
class KeepAnswer {
    private final KeptTurns turns;
    private final IdempotencyKeys keys;

    @Inject
    KeepAnswer(KeptTurns turns, IdempotencyKeys keys) {
        this.turns = turns;
        this.keys = keys;
    }

    /** What was neither answered nor refused for good may be asked for anew. */
    @Transactional
    void handle(Response ended) {
        if (stands(ended)) {
            turns.end(ended);
        } else {
            turns.forget(ended.id());
            keys.free(ended.id().value());
        }
    }

    private static boolean stands(Response ended) {
        return switch (ended.status()) {
            case COMPLETED, INCOMPLETE -> true;
            case IN_PROGRESS, CANCELLED -> false;
            case FAILED ->
                    ended.end() != null
                            && ended.end().refusal() != null
                            && !ended.end().refusal().passing();
        };
    }
}
