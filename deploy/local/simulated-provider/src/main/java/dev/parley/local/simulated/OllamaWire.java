package dev.parley.local.simulated;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;

/**
 * Ollama's shapes of {@code /api/chat} and {@code /api/generate}: newline-delimited JSON.
 *
 * @see <a href="https://docs.ollama.com/api">Ollama's API</a>
 */
final class OllamaWire implements Wire {
    private final Prompt prompt;
    private final boolean chat;
    private final String beforeText;

    OllamaWire(Prompt prompt, boolean chat) {
        this.prompt = prompt;
        this.chat = chat;
        this.beforeText =
                "{\"model\":\""
                        + prompt.model().name()
                        + "\",\"created_at\":\""
                        + Instant.now()
                        + (chat
                                ? "\",\"message\":{\"role\":\"assistant\",\"content\":"
                                : "\",\"response\":");
    }

    @Override
    public String streamType() {
        return "application/x-ndjson";
    }

    @Override
    public Buffer opening() {
        return Buffer.buffer();
    }

    @Override
    public Buffer token(String text) {
        return Buffer.buffer(
                beforeText
                        + Json.quoted(text)
                        + (chat ? "},\"done\":false}\n" : ",\"done\":false}\n"));
    }

    @Override
    public Buffer toolCall(Answer.ToolCall call) {
        ObjectNode line = head();
        message(line, "", call);
        line.put("done", false);
        return line(line);
    }

    @Override
    public Buffer closing(Answer answer, Timing timing) {
        ObjectNode line = head();
        text(line, "");
        return line(counts(line, answer, timing));
    }

    @Override
    public Buffer whole(Answer answer, Timing timing) {
        ObjectNode json = head();
        String text = String.join("", answer.tokens());
        answer.toolCall()
                .ifPresentOrElse(call -> message(json, text, call), () -> text(json, text));
        return Buffer.buffer(Json.compact(counts(json, answer, timing)));
    }

    @Override
    public Buffer error(int status, String message) {
        return failure(message);
    }

    static Buffer failure(String message) {
        return Buffer.buffer("{\"error\":" + Json.quoted(message) + "}");
    }

    private ObjectNode head() {
        ObjectNode json = Json.object();
        json.put("model", prompt.model().name());
        json.put("created_at", Instant.now().toString());
        return json;
    }

    private void text(ObjectNode json, String text) {
        if (chat) {
            json.putObject("message").put("role", "assistant").put("content", text);
        } else {
            json.put("response", text);
        }
    }

    private static void message(ObjectNode json, String text, Answer.ToolCall call) {
        ObjectNode message = json.putObject("message");
        message.put("role", "assistant").put("content", text);
        ArrayNode calls = message.putArray("tool_calls");
        ObjectNode one = calls.addObject();
        one.put("id", call.id());
        one.putObject("function")
                .put("index", 0)
                .put("name", call.name())
                .set("arguments", call.arguments());
    }

    private ObjectNode counts(ObjectNode json, Answer answer, Timing timing) {
        json.put("done", true);
        json.put("done_reason", answer.cutByLimit() ? "length" : "stop");
        json.put("total_duration", timing.total());
        json.put("load_duration", 0);
        json.put("prompt_eval_count", prompt.tokens());
        json.put("prompt_eval_duration", timing.prompt());
        json.put("eval_count", answer.completionTokens());
        json.put("eval_duration", timing.total() - timing.prompt());
        return json;
    }

    private static Buffer line(ObjectNode json) {
        return Buffer.buffer(Json.compact(json) + "\n");
    }
}
