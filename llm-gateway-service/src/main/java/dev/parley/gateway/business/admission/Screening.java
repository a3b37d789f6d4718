package dev.parley.gateway.business.admission;

import dev.parley.gateway.business.model.Message;
import dev.parley.gateway.business.model.Prompt;
import dev.parley.gateway.business.model.Role;
import java.util.List;

/** Which part of a prompt is new to moderation. */
public final class Screening {
    private Screening() {}

    /**
     * What to check before a call. A client's prompt is all news, answers that it supplies
     * included. Of a conversation's turn it is what follows the last answer: the rest was checked
     * in its own turn. Instructions are their author's own.
     */
    public static List<Message> newMessages(Prompt prompt, Purpose purpose) {
        List<Message> messages = prompt.messages();
        int from =
                switch (purpose) {
                    case CHAT, SUMMARY, TITLE -> 0;
                    case TURN -> afterLastAnswer(messages);
                };
        return messages.subList(from, messages.size()).stream()
                .filter(message -> message.role() != Role.SYSTEM)
                .toList();
    }

    private static int afterLastAnswer(List<Message> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).role() == Role.ASSISTANT) {
                return i + 1;
            }
        }
        return 0;
    }
}
