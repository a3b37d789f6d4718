package dev.parley.conversation.storage.conversation;

import dev.parley.conversation.business.conversation.AuditTrail;
import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.platform.audit.AuditActor;
import dev.parley.platform.audit.AuditLog;
import dev.parley.platform.id.PublicId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Deeds as audit events, through the outbox. */
@ApplicationScoped
class OutboxAuditTrail implements AuditTrail {
    private final AuditLog audit;

    @Inject
    OutboxAuditTrail(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public void record(Owner by, Deed deed) {
        audit.record(actor(by), eventOf(deed));
    }

    @Override
    public void record(Owner by, Deed deed, @Nullable String traceparent) {
        audit.recordIn(traceparent, actor(by), eventOf(deed));
    }

    @Override
    public void count(Owner by, Deed.ResponseRefused refusal, @Nullable String traceparent) {
        audit.countIn(traceparent, actor(by), eventOf(refusal));
    }

    private static AuditActor actor(Owner by) {
        return AuditActor.of(by.organization(), by.subject());
    }

    private static dev.parley.platform.audit.Deed eventOf(Deed deed) {
        return switch (deed) {
            case Deed.ConversationCreated created ->
                    conversation("conversation.create", created.conversation());
            case Deed.ConversationUpdated updated ->
                    conversation("conversation.update", updated.conversation());
            case Deed.ConversationDeleted deleted ->
                    conversation("conversation.delete", deleted.conversation());
            case Deed.ItemsAdded added -> conversation("item.create", added.conversation());
            case Deed.ItemDeleted deleted ->
                    dev.parley.platform.audit.Deed.done(
                                    "item.delete",
                                    "item",
                                    PublicId.format("msg_", deleted.item().value()))
                            .concerning("conversation", spell(deleted.conversation()));
            case Deed.ResponseCancelled cancelled ->
                    response("response.cancel", cancelled.response(), cancelled.conversation());
            case Deed.ResponseDeleted deleted ->
                    response("response.delete", deleted.response(), deleted.conversation());
            case Deed.ResponseRefused refused ->
                    dev.parley.platform.audit.Deed.refused(
                                    "response.create",
                                    "response",
                                    spell(refused.response()),
                                    refused.code())
                            .concerning("conversation", spell(refused.conversation()));
        };
    }

    private static dev.parley.platform.audit.Deed conversation(String action, ConversationId id) {
        return dev.parley.platform.audit.Deed.done(action, "conversation", spell(id))
                .concerning("conversation", spell(id));
    }

    private static dev.parley.platform.audit.Deed response(
            String action, ResponseId id, ConversationId conversation) {
        return dev.parley.platform.audit.Deed.done(action, "response", spell(id))
                .concerning("conversation", spell(conversation));
    }

    private static String spell(ConversationId id) {
        return PublicId.format("conv_", id.value());
    }

    private static String spell(ResponseId id) {
        return PublicId.format("resp_", id.value());
    }
}
