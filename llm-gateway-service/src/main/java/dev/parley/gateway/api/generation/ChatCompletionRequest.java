package dev.parley.gateway.api.generation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/chat/completions}, every parameter of OpenAI's among it. */
@Schema(
        description =
                """
                OpenAI's request. Accepted without effect: `user`, `safety_identifier`, `metadata`, \
                `prompt_cache_key`, `prompt_cache_retention`, `store` (false), `service_tier` (auto, \
                default), `logprobs` (false), `modalities` (text), `parallel_tool_calls`, \
                `frequency_penalty` and `presence_penalty` (0), `logit_bias` (empty), a message's \
                `name`. Refused with `unsupported_parameter`: `tools`, `tool_choice`, `functions`, \
                `function_call`, `audio`, `prediction`, `web_search_options`, `reasoning_effort`, \
                `verbosity`, `top_logprobs`, and the former with any other value.\
                """)
record ChatCompletionRequest(
        @Schema(required = true) @Nullable String model,
        @Schema(required = true) @Nullable List<ChatMessage> messages,
        @Nullable Boolean stream,
        @Nullable StreamOptions streamOptions,
        @Nullable Long n,
        @Nullable Long maxTokens,
        @Nullable Long maxCompletionTokens,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Schema(ref = "StopSequences") @Nullable JsonNode stop,
        @Nullable Long seed,
        @Nullable ResponseFormat responseFormat,
        @Nullable String user,
        @Nullable String safetyIdentifier,
        @Nullable Map<String, String> metadata,
        @Nullable Boolean store,
        @Nullable String promptCacheKey,
        @Nullable String promptCacheRetention,
        @Nullable String serviceTier,
        @Nullable Boolean logprobs,
        @Nullable Long topLogprobs,
        @Nullable List<String> modalities,
        @Nullable Boolean parallelToolCalls,
        @Nullable Double frequencyPenalty,
        @Nullable Double presencePenalty,
        @Nullable Map<String, Double> logitBias,
        @Schema(description = "Not supported.") @Nullable JsonNode tools,
        @Schema(description = "Not supported.") @Nullable JsonNode toolChoice,
        @Schema(description = "Not supported.") @Nullable JsonNode functions,
        @Schema(description = "Not supported.") @Nullable JsonNode functionCall,
        @Schema(description = "Not supported.") @Nullable JsonNode audio,
        @Schema(description = "Not supported.") @Nullable JsonNode prediction,
        @Schema(description = "Not supported.") @Nullable JsonNode webSearchOptions,
        @Nullable String reasoningEffort,
        @Nullable String verbosity) {

    private static final String EMPTY_ALONE =
            "Not supported; null and empty, as answers hold it, may be sent back.";

    /** One message; {@code content} is a string or an array of parts. */
    record ChatMessage(
            @Schema(
                            required = true,
                            enumeration = {"system", "developer", "user", "assistant"})
                    @Nullable String role,
            @Schema(required = true, ref = "ChatMessageContent") @Nullable JsonNode content,
            @Nullable String name,
            @Schema(description = EMPTY_ALONE) @Nullable JsonNode refusal,
            @Schema(description = EMPTY_ALONE) @Nullable JsonNode audio,
            @Schema(description = EMPTY_ALONE) @Nullable JsonNode annotations,
            @Schema(description = EMPTY_ALONE) @Nullable JsonNode toolCalls,
            @Nullable String toolCallId,
            @Schema(description = EMPTY_ALONE) @Nullable JsonNode functionCall) {}

    /** What a stream holds besides the answer. */
    record StreamOptions(@Nullable Boolean includeUsage, @Nullable Boolean includeObfuscation) {}

    /** The form of the answer. */
    record ResponseFormat(
            @Schema(
                            required = true,
                            enumeration = {"text", "json_object", "json_schema"})
                    @Nullable String type,
            @Nullable JsonSchema jsonSchema) {}

    /** A named schema. */
    record JsonSchema(
            @Nullable String name,
            @Nullable String description,
            @Schema(ref = "SchemaObject") @Nullable JsonNode schema,
            @Nullable Boolean strict) {}

    boolean streams() {
        return Boolean.TRUE.equals(stream);
    }

    boolean includesUsage() {
        return streamOptions != null && Boolean.TRUE.equals(streamOptions.includeUsage());
    }
}
