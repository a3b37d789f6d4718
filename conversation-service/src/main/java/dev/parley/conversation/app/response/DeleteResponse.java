package dev.parley.conversation.app.response;

import dev.parley.conversation.business.conversation.AuditTrail;
import dev.parley.conversation.business.conversation.AuditTrail.Deed;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.Messages;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.Responses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Deletes a turn with what it added; if it runs, its replica notices and stops it. */
@ApplicationScoped
public class DeleteResponse {
    private final Responses responses;
    private final Messages messages;
    private final AuditTrail audit;

    @Inject
    DeleteResponse(Responses responses, Messages messages, AuditTrail audit) {
        this.responses = responses;
        this.messages = messages;
        this.audit = audit;
    }

    /** Whether there was such a turn. */
    @Transactional
    public boolean handle(ResponseId id, Owner owner) {
        Optional<Response> found = responses.find(id, owner);
        if (found.isEmpty()) {
            return false;
        }
        Response turn = found.get();
        Instant now = Instant.now();
        responses.delete(id, now);
        List<ItemId> items = new ArrayList<>(turn.input());
        items.add(turn.outputItem());
        messages.delete(turn.conversation(), items, now);
        audit.record(owner, new Deed.ResponseDeleted(turn.conversation(), id));
        return true;
    }
}
