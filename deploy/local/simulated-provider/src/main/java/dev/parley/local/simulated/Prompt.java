package dev.parley.local.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a caller asks for, whichever protocol it came by.
 *
 * @param tools the offered tools as OpenAI and Ollama both write them
 * @param format what the answer has to be, a JSON schema or {@code json}; empty for text
 * @param limit the most tokens that may be answered
 */
record Prompt(
        SimulatedModel model,
        List<Message> messages,
        List<JsonNode> tools,
        Optional<JsonNode> format,
        OptionalInt limit,
        List<String> stop,
        long seed) {

    record Message(String role, String text, int images) {}

    Prompt {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        stop = List.copyOf(stop);
    }

    int tokens() {
        return messages.stream().mapToInt(it -> WhiteSpaceTokens.count(it.text())).sum();
    }

    int images() {
        return messages.stream().mapToInt(Message::images).sum();
    }

    String lastOf(String role) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).role().equals(role)) {
                return messages.get(i).text();
            }
        }
        return "";
    }

    boolean endsWithToolResult() {
        return !messages.isEmpty() && messages.getLast().role().equals("tool");
    }
}
