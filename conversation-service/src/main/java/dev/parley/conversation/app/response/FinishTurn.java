package dev.parley.conversation.app.response;

import dev.parley.conversation.business.conversation.AuditTrail;
import dev.parley.conversation.business.conversation.AuditTrail.Deed;
import dev.parley.conversation.business.conversation.Conversations;
import dev.parley.conversation.business.message.Item;
import dev.parley.conversation.business.message.Messages;
import dev.parley.conversation.business.response.AdmissionRefusal;
import dev.parley.conversation.business.response.Announcements;
import dev.parley.conversation.business.response.IdempotencyKeys;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.Responses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Records how a turn ended, all of it or, when someone else ended the turn before, nothing. */
@ApplicationScoped
class FinishTurn {
    private final Responses responses;
    private final Messages messages;
    private final Conversations conversations;
    private final IdempotencyKeys keys;
    private final Announcements announcements;
    private final AuditTrail audit;

    @Inject
    FinishTurn(
            Responses responses,
            Messages messages,
            Conversations conversations,
            IdempotencyKeys keys,
            Announcements announcements,
            AuditTrail audit) {
        this.responses = responses;
        this.messages = messages;
        this.conversations = conversations;
        this.keys = keys;
        this.announcements = announcements;
        this.audit = audit;
    }

    /**
     * Ends the turn.
     *
     * @param sentAt when its input was sent to the model; null when it was not, or nobody knows
     * @return false if it had ended already, or its epoch is over
     */
    @Transactional
    boolean handle(Response ended, @Nullable Instant sentAt) {
        // Its conversation first, as whoever deletes that does.
        if (conversations.lock(ended.conversation(), ended.owner()).isEmpty()
                || !responses.end(ended)) {
            return false;
        }
        Item output = ended.output();
        if (output != null) {
            messages.addAnswer(ended.owner(), output, ended.input(), sentAt);
        }
        switch (ended.status()) {
            case COMPLETED, INCOMPLETE, CANCELLED ->
                    conversations.endTurn(ended.conversation(), ended.startedFrom(), ended.last());
            case FAILED -> fail(ended);
            case IN_PROGRESS -> throw new IllegalArgumentException("it has not ended");
        }
        announcements.responseFinished(ended);
        return true;
    }

    static Deed.ResponseRefused refusalOf(Response turn, AdmissionRefusal refusal) {
        return new Deed.ResponseRefused(turn.conversation(), turn.id(), refusal.code());
    }

    private void fail(Response ended) {
        AdmissionRefusal refusal = ended.end() == null ? null : ended.end().refusal();
        if (refusal != null) {
            messages.markRefused(ended.input());
            if (refusal.byRule()) {
                audit.record(ended.owner(), refusalOf(ended, refusal), ended.traceparent());
            }
        }
        if (refusal == null || refusal.passing()) {
            keys.free(ended.id().value());
        }
    }
}
