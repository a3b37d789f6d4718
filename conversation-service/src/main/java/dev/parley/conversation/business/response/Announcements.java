package dev.parley.conversation.business.response;

import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.Owner;
import java.time.Instant;

/** Facts for other services, published if and only if the running transaction commits. */
public interface Announcements {
    void responseFinished(Response ended);

    void conversationDeleted(ConversationId id, Owner owner, Instant at);
}
