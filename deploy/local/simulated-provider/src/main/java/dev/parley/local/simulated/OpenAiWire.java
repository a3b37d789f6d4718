package dev.parley.local.simulated;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** OpenAI's shapes of {@code /v1/chat/completions}, as Ollama and others serve them. */
final class OpenAiWire implements Wire {
    private final Prompt prompt;
    private final boolean includeUsage;
    private final String id;
    private final long created = Instant.now().getEpochSecond();

    OpenAiWire(Prompt prompt, boolean includeUsage, long sequence) {
        this.prompt = prompt;
        this.includeUsage = includeUsage;
        this.id = "chatcmpl-" + sequence;
    }

    @Override
    public String streamType() {
        return "text/event-stream";
    }

    @Override
    public Buffer opening() {
        ObjectNode delta = Json.object();
        delta.put("role", "assistant").put("content", "");
        return chunk(delta, null);
    }

    @Override
    public Buffer token(String text) {
        return chunk(Json.object().put("content", text), null);
    }

    @Override
    public Buffer toolCall(Answer.ToolCall call) {
        ObjectNode delta = Json.object();
        delta.putArray("tool_calls").add(toolCallJson(call).put("index", 0));
        return chunk(delta, null);
    }

    @Override
    public Buffer closing(Answer answer, Timing timing) {
        Buffer end = chunk(Json.object(), finishReason(answer));
        if (includeUsage) {
            ObjectNode usage = head("chat.completion.chunk");
            usage.putArray("choices");
            usage.set("usage", usage(answer));
            end.appendString("data: " + Json.compact(usage) + "\n\n");
        }
        return end.appendString("data: [DONE]\n\n");
    }

    @Override
    public Buffer whole(Answer answer, Timing timing) {
        ObjectNode json = head("chat.completion");
        ObjectNode choice = json.putArray("choices").addObject();
        choice.put("index", 0);
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        answer.toolCall()
                .ifPresentOrElse(
                        call -> {
                            message.putNull("content");
                            message.putArray("tool_calls").add(toolCallJson(call));
                        },
                        () -> message.put("content", String.join("", answer.tokens())));
        choice.put("finish_reason", finishReason(answer));
        json.set("usage", usage(answer));
        return Buffer.buffer(Json.compact(json));
    }

    @Override
    public Buffer error(int status, String message) {
        return failure(status, message);
    }

    static Buffer failure(int status, String message) {
        ObjectNode json = Json.object();
        json.putObject("error")
                .put("message", message)
                .put("type", status < 500 ? "invalid_request_error" : "api_error")
                .putNull("param")
                .putNull("code");
        return Buffer.buffer(Json.compact(json));
    }

    private ObjectNode head(String object) {
        ObjectNode json = Json.object();
        json.put("id", id);
        json.put("object", object);
        json.put("created", created);
        json.put("model", prompt.model().name());
        json.put("system_fingerprint", "fp_simulated");
        return json;
    }

    private Buffer chunk(ObjectNode delta, @Nullable String finish) {
        ObjectNode json = head("chat.completion.chunk");
        ObjectNode choice = json.putArray("choices").addObject();
        choice.put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", finish);
        return Buffer.buffer("data: " + Json.compact(json) + "\n\n");
    }

    private static ObjectNode toolCallJson(Answer.ToolCall call) {
        ObjectNode json = Json.object();
        json.put("id", call.id()).put("type", "function");
        json.putObject("function")
                .put("name", call.name())
                .put("arguments", Json.compact(call.arguments()));
        return json;
    }

    private static String finishReason(Answer answer) {
        if (answer.toolCall().isPresent()) {
            return "tool_calls";
        }
        return answer.cutByLimit() ? "length" : "stop";
    }

    private ObjectNode usage(Answer answer) {
        return Json.object()
                .put("prompt_tokens", prompt.tokens())
                .put("completion_tokens", answer.completionTokens())
                .put("total_tokens", prompt.tokens() + answer.completionTokens());
    }
}
