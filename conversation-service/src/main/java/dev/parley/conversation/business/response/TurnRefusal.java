package dev.parley.conversation.business.response;

import dev.parley.conversation.business.conversation.ConversationState;
import dev.parley.conversation.business.message.MessageRefusal;

/** Why a turn is not taken. */
public sealed interface TurnRefusal {
    record Unacceptable(MessageRefusal why) implements TurnRefusal {}

    record UnknownConversation() implements TurnRefusal {}

    record UnknownPrevious() implements TurnRefusal {}

    /** The earlier turn still runs, or was refused, so nothing can follow it. */
    record NotContinuable() implements TurnRefusal {}

    record NotActive(ConversationState state) implements TurnRefusal {}

    /** The key stands for another request. */
    record KeyReused() implements TurnRefusal {}

    /** What the request made before is deleted. */
    record Gone() implements TurnRefusal {}

    /** The first request with this key is not done yet. */
    record KeyInProgress() implements TurnRefusal {}

    /** This replica is about to end. */
    record Stopping() implements TurnRefusal {}

    record NotAdmitted(AdmissionRefusal why) implements TurnRefusal {}
}
