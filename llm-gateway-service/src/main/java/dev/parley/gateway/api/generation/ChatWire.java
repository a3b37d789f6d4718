package dev.parley.gateway.api.generation;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.parley.gateway.business.generation.GenerationEvent;
import dev.parley.gateway.business.generation.TokenUsage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's chat completions, whole and in chunks. What is the same in every chunk is spelled once.
 */
final class ChatWire implements AnswerWire {
    private static final String EMPTY_CHOICES_LOGPROBS = ",\"logprobs\":null,\"finish_reason\":";

    private final String head;
    private final boolean includesUsage;
    private final String chunkEnd;
    private boolean begun;

    ChatWire(String id, Instant created, String model, boolean includesUsage) {
        this.head =
                "{\"id\":"
                        + quoted(id)
                        + ",\"created\":"
                        + created.getEpochSecond()
                        + ",\"model\":"
                        + quoted(model)
                        + ",\"service_tier\":\"default\",\"system_fingerprint\":null,";
        this.includesUsage = includesUsage;
        this.chunkEnd = includesUsage ? ",\"usage\":null}\n\n" : "}\n\n";
    }

    /** The answer of a call that is not streamed. */
    String whole(String text, GenerationEvent.Finished finished) {
        return head
                + "\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":"
                + "{\"role\":\"assistant\",\"content\":"
                + quoted(text)
                + ",\"refusal\":null,\"annotations\":[]}"
                + EMPTY_CHOICES_LOGPROBS
                + quoted(finished.reason().text())
                + "}],\"usage\":"
                + usage(finished.usage())
                + "}";
    }

    @Override
    public String contentType() {
        return "text/event-stream; charset=utf-8";
    }

    @Override
    public @Nullable Buffer opening() {
        return null;
    }

    @Override
    public Buffer delta(GenerationEvent.Delta delta) {
        StringBuilder chunks = begin();
        return Buffer.buffer(
                chunk(chunks, "{\"content\":" + quoted(delta.text()) + "}", "null").toString());
    }

    @Override
    public Buffer finished(GenerationEvent.Finished finished) {
        StringBuilder chunks = begin();
        chunk(chunks, "{}", quoted(finished.reason().text()));
        if (includesUsage) {
            chunks.append("data: ")
                    .append(head)
                    .append("\"object\":\"chat.completion.chunk\",\"choices\":[],\"usage\":")
                    .append(usage(finished.usage()))
                    .append("}\n\n");
        }
        return Buffer.buffer(chunks.append("data: [DONE]\n\n").toString());
    }

    @Override
    public Buffer failed(GenerationEvent.Failed failed) {
        Map<String, ?> error = Map.of("error", Refusals.problem(failed.failure()).error());
        return Buffer.buffer("data: " + Json.encode(error) + "\n\n");
    }

    private StringBuilder begin() {
        StringBuilder chunks = new StringBuilder(512);
        if (!begun) {
            begun = true;
            chunk(chunks, "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null");
        }
        return chunks;
    }

    private StringBuilder chunk(StringBuilder chunks, String delta, String finishReason) {
        return chunks.append("data: ")
                .append(head)
                .append("\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":")
                .append(delta)
                .append(EMPTY_CHOICES_LOGPROBS)
                .append(finishReason)
                .append("}]")
                .append(chunkEnd);
    }

    private static String usage(TokenUsage usage) {
        long input = usage.input().count();
        long output = usage.output().count();
        return "{\"prompt_tokens\":"
                + input
                + ",\"completion_tokens\":"
                + output
                + ",\"total_tokens\":"
                + (input + output)
                + ",\"prompt_tokens_details\":{\"cached_tokens\":"
                + usage.cachedInput().count()
                + ",\"audio_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":0,"
                + "\"audio_tokens\":0,\"accepted_prediction_tokens\":0,"
                + "\"rejected_prediction_tokens\":0}}";
    }

    private static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
