package dev.parley.conversation.api.message;

import dev.parley.conversation.business.conversation.ConversationState;
import dev.parley.conversation.business.message.MessageRefusal;
import dev.parley.platform.web.Problem;
import java.util.Locale;

/** How refusals that several resources know are answered. */
public final class Refusals {
    private Refusals() {}

    public static Problem of(MessageRefusal refusal) {
        return switch (refusal) {
            case MessageRefusal.Empty empty ->
                    Problem.of(400, "empty_message", "A message has no text.")
                            .withParam(empty.param());
            case MessageRefusal.TooLong tooLong ->
                    Problem.of(
                                    400,
                                    "message_too_long",
                                    "The text is longer than " + tooLong.mostBytes() + " bytes.")
                            .withParam(tooLong.param());
            case MessageRefusal.InstructionsNotAllowed notAllowed ->
                    Problem.of(
                                    403,
                                    "instructions_not_allowed",
                                    "Speaking for anyone but the user needs the scope"
                                            + " 'instructions'.")
                            .withParam(notAllowed.param());
        };
    }

    public static Problem notActive(ConversationState state) {
        return Problem.of(
                409,
                "conversation_not_active",
                "The conversation is " + state.name().toLowerCase(Locale.ROOT) + ".");
    }
}
