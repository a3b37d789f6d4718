package dev.parley.gateway.api.generation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.gateway.api.generation.ChatCompletionRequest.JsonSchema;
import dev.parley.gateway.api.generation.ChatCompletionRequest.ResponseFormat;
import dev.parley.gateway.business.generation.AnswerFormat;
import dev.parley.gateway.business.generation.Sampling;
import dev.parley.gateway.business.model.ModelId;
import dev.parley.gateway.business.model.Tokens;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a chat completion, all but its messages; refuses what is not supported.
 */
final class ChatParameters {
    private static final int MOST_STOP_SEQUENCES = 4;
    private static final int MOST_METADATA = 16;

    private final ChatCompletionRequest request;

    ChatParameters(ChatCompletionRequest request) {
        this.request = request;
    }

    /** Refuses every parameter that asks for something that is not there. */
    void refuseUnsupported() {
        unsupportedUnless(request.tools() == null || isEmptyArray(request.tools()), "tools");
        unsupportedUnless(
                request.toolChoice() == null || "none".equals(request.toolChoice().textValue()),
                "tool_choice");
        unsupportedUnless(request.functions() == null, "functions");
        unsupportedUnless(request.functionCall() == null, "function_call");
        unsupportedUnless(request.audio() == null, "audio");
        unsupportedUnless(request.prediction() == null, "prediction");
        unsupportedUnless(request.webSearchOptions() == null, "web_search_options");
        unsupportedUnless(request.reasoningEffort() == null, "reasoning_effort");
        unsupportedUnless(request.verbosity() == null, "verbosity");
        unsupportedUnless(!Boolean.TRUE.equals(request.store()), "store");
        unsupportedUnless(!Boolean.TRUE.equals(request.logprobs()), "logprobs");
        unsupportedUnless(request.topLogprobs() == null, "top_logprobs");
        unsupportedUnless(
                request.modalities() == null || request.modalities().equals(List.of("text")),
                "modalities");
        unsupportedUnless(isZero(request.frequencyPenalty()), "frequency_penalty");
        unsupportedUnless(isZero(request.presencePenalty()), "presence_penalty");
        unsupportedUnless(
                request.logitBias() == null || request.logitBias().isEmpty(), "logit_bias");
        unsupportedUnless(
                request.serviceTier() == null
                        || Set.of("auto", "default").contains(request.serviceTier()),
                "service_tier");
        if (request.n() != null && request.n() != 1) {
            throw request.n() < 1 ? invalid("n", "n must be 1") : unsupported("n").asException();
        }
        if (request.streamOptions() != null && !request.streams()) {
            throw invalid("stream_options", "stream_options goes with stream only");
        }
        if (request.metadata() != null && request.metadata().size() > MOST_METADATA) {
            throw invalid("metadata", "metadata holds at most " + MOST_METADATA + " pairs");
        }
    }

    ModelId model() {
        String model = request.model();
        if (model == null || model.isBlank()) {
            throw invalid("model", "model is required");
        }
        return new ModelId(model);
    }

    /** The newer of the two names wins. */
    @Nullable Tokens mostOutput() {
        Long most = request.maxCompletionTokens();
        if (most != null) {
            return atLeastOne(most, "max_completion_tokens");
        }
        Long older = request.maxTokens();
        return older == null ? null : atLeastOne(older, "max_tokens");
    }

    Sampling sampling() {
        return new Sampling(
                within(request.temperature(), 2, "temperature"),
                within(request.topP(), 1, "top_p"),
                seed(request.seed()),
                stop(request.stop()),
                format(request.responseFormat()));
    }

    static @Nullable Tokens atLeastOne(@Nullable Long count, String param) {
        if (count == null) {
            return null;
        }
        if (count < 1 || count > Integer.MAX_VALUE) {
            throw invalid(param, param + " must be at least 1 and at most " + Integer.MAX_VALUE);
        }
        return new Tokens(count);
    }

    static @Nullable Double within(@Nullable Double value, double most, String param) {
        if (value != null && !(value >= 0 && value <= most)) {
            throw invalid(param, param + " must be from 0 to " + (int) most);
        }
        return value;
    }

    /** Ollama's seed has 32 bits; a longer one is folded, which keeps it repeatable. */
    private static @Nullable Integer seed(@Nullable Long seed) {
        return seed == null ? null : Long.hashCode(seed) & Integer.MAX_VALUE;
    }

    private static List<String> stop(@Nullable JsonNode stop) {
        if (stop == null || stop.isNull()) {
            return List.of();
        }
        List<String> sequences = new ArrayList<>();
        if (stop.isTextual()) {
            sequences.add(stop.textValue());
        } else if (stop.isArray()) {
            for (JsonNode sequence : stop) {
                if (!sequence.isTextual()) {
                    throw invalid("stop", "stop must be a string or an array of strings");
                }
                sequences.add(sequence.textValue());
            }
        } else {
            throw invalid("stop", "stop must be a string or an array of strings");
        }
        if (sequences.size() > MOST_STOP_SEQUENCES) {
            throw invalid("stop", "stop holds at most " + MOST_STOP_SEQUENCES + " sequences");
        }
        if (sequences.stream().anyMatch(String::isEmpty)) {
            throw invalid("stop", "a stop sequence must not be empty");
        }
        return sequences;
    }

    private static AnswerFormat format(@Nullable ResponseFormat format) {
        if (format == null) {
            return new AnswerFormat.Text();
        }
        return switch (format.type()) {
            case null -> throw invalid("response_format.type", "response_format.type is required");
            case "text" -> new AnswerFormat.Text();
            case "json_object" -> new AnswerFormat.Json();
            case "json_schema" -> new AnswerFormat.JsonSchema(schema(format.jsonSchema()));
            default ->
                    throw invalid(
                            "response_format.type",
                            "response_format.type must be text, json_object or json_schema");
        };
    }

    private static String schema(@Nullable JsonSchema named) {
        if (named == null || named.name() == null || named.name().isBlank()) {
            throw invalid(
                    "response_format.json_schema.name", "response_format.json_schema needs a name");
        }
        JsonNode schema = named.schema();
        if (schema == null || !schema.isObject()) {
            throw invalid(
                    "response_format.json_schema.schema",
                    "response_format.json_schema.schema must be an object");
        }
        return schema.toString();
    }

    private static void unsupportedUnless(boolean supported, String param) {
        if (!supported) {
            throw unsupported(param).asException();
        }
    }

    static Problem unsupported(String param) {
        return Problem.of(
                        400,
                        "unsupported_parameter",
                        "'" + param + "' is not supported, or not with this value.")
                .withParam(param);
    }

    static ProblemException unknown(String param) {
        return Problem.of(400, "unknown_parameter", "Unknown parameter: '" + param + "'.")
                .withParam(param)
                .asException();
    }

    static ProblemException invalid(String param, String detail) {
        return Problem.invalid(param, detail).asException();
    }

    private static boolean isEmptyArray(JsonNode node) {
        return node.isArray() && node.isEmpty();
    }

    private static boolean isZero(@Nullable Double value) {
        return value == null || value == 0;
    }
}
