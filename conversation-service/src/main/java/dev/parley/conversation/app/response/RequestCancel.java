package dev.parley.conversation.app.response;

import dev.parley.conversation.business.conversation.AuditTrail;
import dev.parley.conversation.business.conversation.AuditTrail.Deed;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.Responses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Puts the wish to stop a turn where its replica finds it, and on record. */
@ApplicationScoped
class RequestCancel {
    private final Responses responses;
    private final AuditTrail audit;

    @Inject
    RequestCancel(Responses responses, AuditTrail audit) {
        this.responses = responses;
        this.audit = audit;
    }

    @Transactional
    void handle(Response turn) {
        if (responses.requestCancel(turn.id(), turn.owner())) {
            audit.record(turn.owner(), new Deed.ResponseCancelled(turn.conversation(), turn.id()));
        }
    }
}
