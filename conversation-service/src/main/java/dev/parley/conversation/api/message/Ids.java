package dev.parley.conversation.api.message;

import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.security.Caller;
import dev.parley.platform.web.Problem;

/** Public spellings of ids; one that is not well-formed is as unknown as any other. */
public final class Ids {
    private Ids() {}

    public static ConversationId conversation(String text) {
        return PublicId.parse("conv_", text)
                .map(ConversationId::new)
                .orElseThrow(() -> Problem.notFound().asException());
    }

    public static ResponseId response(String text) {
        return PublicId.parse("resp_", text)
                .map(ResponseId::new)
                .orElseThrow(() -> Problem.notFound().asException());
    }

    public static ItemId item(String text) {
        return PublicId.parse("msg_", text)
                .map(ItemId::new)
                .orElseThrow(() -> Problem.notFound().asException());
    }

    public static String text(ConversationId id) {
        return PublicId.format("conv_", id.value());
    }

    public static String text(ResponseId id) {
        return PublicId.format("resp_", id.value());
    }

    public static String text(ItemId id) {
        return PublicId.format("msg_", id.value());
    }

    public static Owner owner(Caller caller) {
        return new Owner(caller.organization(), caller.subject());
    }
}
