package dev.parley.gateway.business.admission;

import dev.parley.gateway.business.model.Message;
import dev.parley.gateway.business.model.Prompt;
import dev.parley.gateway.business.model.Role;
import dev.parley.gateway.business.model.Utf8;
import java.util.List;
import java.util.Optional;

/** What a prompt has to be before anyone else is asked about it. */
public final class PromptRules {
    /** The most text that one message may hold, in bytes of UTF-8. */
    public static final int LONGEST_MESSAGE_BYTES = 256 * 1024;

    private static final int MOST_BYTES_PER_CHARACTER = 3;

    private PromptRules() {}

    /** Why the prompt is refused, if it is. */
    public static Optional<Refusal> refusalOf(Prompt prompt, Requester requester) {
        List<Message> messages = prompt.messages();
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            if (message.role() != Role.USER && !requester.mayInstruct()) {
                return Optional.of(new Refusal.InstructionsNotAllowed("messages[" + i + "].role"));
            }
            if (message.role() == Role.USER && message.text().isBlank()) {
                return Optional.of(new Refusal.EmptyMessage("messages[" + i + "].content"));
            }
            if (isTooLong(message.text())) {
                return Optional.of(new Refusal.MessageTooLong("messages[" + i + "].content"));
            }
        }
        return Optional.empty();
    }

    private static boolean isTooLong(String text) {
        return (long) text.length() * MOST_BYTES_PER_CHARACTER > LONGEST_MESSAGE_BYTES
                && Utf8.lengthOf(text) > LONGEST_MESSAGE_BYTES;
    }
}
