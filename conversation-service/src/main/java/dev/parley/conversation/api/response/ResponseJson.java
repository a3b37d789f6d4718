package dev.parley.conversation.api.response;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.conversation.api.message.Ids;
import dev.parley.conversation.business.message.Payload;
import dev.parley.conversation.business.response.AdmissionRefusal;
import dev.parley.conversation.business.response.Cost;
import dev.parley.conversation.business.response.Failure;
import dev.parley.conversation.business.response.FinishReason;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.ResponseStatus;
import dev.parley.conversation.business.response.Settings;
import dev.parley.conversation.business.response.TokenUsage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A turn as a Response object: every member that the Open Responses specification requires. */
@ApplicationScoped
class ResponseJson {
    private final ObjectMapper json;

    @Inject
    ResponseJson(ObjectMapper json) {
        this.json = json;
    }

    /** The turn as it stands. */
    ObjectNode write(Response turn) {
        return write(turn, turn.end());
    }

    /** The turn as it stood when it began. */
    ObjectNode begun(Response turn) {
        return write(turn, null);
    }

    private ObjectNode write(Response turn, Response.@Nullable End end) {
        Settings settings = turn.settings();
        ResponseStatus status = end == null ? ResponseStatus.IN_PROGRESS : end.finish().status();
        ObjectNode object = json.createObjectNode();
        object.put("id", Ids.text(turn.id()));
        object.put("object", "response");
        object.put("created_at", turn.createdAt().getEpochSecond());
        object.put("status", status.name().toLowerCase(Locale.ROOT));
        object.put("background", false);
        if (end != null && status == ResponseStatus.COMPLETED) {
            object.put("completed_at", end.at().getEpochSecond());
        } else {
            object.putNull("completed_at");
        }
        error(object, end);
        incompleteDetails(object, end);
        if (turn.stored()) {
            object.putObject("conversation").put("id", Ids.text(turn.conversation()));
        } else {
            object.putNull("conversation");
        }
        object.put("instructions", turn.instructions() == null ? null : turn.instructions().text());
        object.put("max_output_tokens", settings.maxOutputTokens());
        object.putNull("max_tool_calls");
        object.put("model", settings.model());
        ArrayNode output = object.putArray("output");
        if (end != null && end.output() != null) {
            output.add(item(turn, end.output(), itemStatus(end)));
        }
        object.put("parallel_tool_calls", true);
        object.put(
                "previous_response_id", turn.previous() == null ? null : Ids.text(turn.previous()));
        object.put("prompt_cache_key", settings.promptCacheKey());
        object.putNull("reasoning");
        object.put("safety_identifier", settings.safetyIdentifier());
        object.put("service_tier", "default");
        object.put("store", turn.stored());
        object.put("temperature", settings.temperature() == null ? 1.0 : settings.temperature());
        object.putObject("text").putObject("format").put("type", "text");
        object.put("tool_choice", "auto");
        object.putArray("tools");
        object.put("top_logprobs", 0);
        object.put("top_p", settings.topP() == null ? 1.0 : settings.topP());
        object.put("presence_penalty", 0.0);
        object.put("frequency_penalty", 0.0);
        object.put("truncation", settings.truncation().name().toLowerCase(Locale.ROOT));
        usage(object, end);
        object.put("user", settings.user());
        ObjectNode metadata = object.putObject("metadata");
        turn.metadata().pairs().forEach(metadata::put);
        parley(object.putObject("parley"), turn, end);
        return object;
    }

    /** The answer as an output item. */
    ObjectNode item(Response turn, @Nullable Payload said, String status) {
        ObjectNode item = json.createObjectNode();
        item.put("id", Ids.text(turn.outputItem()));
        item.put("type", "message");
        item.put("status", status);
        item.put("role", "assistant");
        ArrayNode content = item.putArray("content");
        if (said != null) {
            content.add(part(said.text()));
        }
        return item;
    }

    ObjectNode part(String text) {
        ObjectNode part = json.createObjectNode();
        part.put("type", "output_text");
        part.put("text", text);
        part.putArray("annotations");
        part.putArray("logprobs");
        return part;
    }

    static String itemStatus(Response.End end) {
        return end.finish() == FinishReason.STOP ? "completed" : "incomplete";
    }

    private static void error(ObjectNode object, Response.@Nullable End end) {
        Failure failure = end == null ? null : failureOf(end);
        if (failure == null) {
            object.putNull("error");
        } else {
            object.putObject("error").put("code", failure.code()).put("message", failure.message());
        }
    }

    static @Nullable Failure failureOf(Response.End end) {
        AdmissionRefusal refusal = end.refusal();
        return refusal == null ? end.failure() : new Failure(refusal.code(), refusal.explanation());
    }

    private static void incompleteDetails(ObjectNode object, Response.@Nullable End end) {
        String reason =
                end == null
                        ? null
                        : switch (end.finish()) {
                            case LENGTH -> "max_output_tokens";
                            case CONTENT_FILTER -> "content_filter";
                            case STOP,
                                    CANCELLED,
                                    REFUSED,
                                    UPSTREAM_FAILED,
                                    CALLER_REVOKED,
                                    ABANDONED ->
                                    null;
                        };
        if (reason == null) {
            object.putNull("incomplete_details");
        } else {
            object.putObject("incomplete_details").put("reason", reason);
        }
    }

    private static void usage(ObjectNode object, Response.@Nullable End end) {
        TokenUsage usage = end == null ? null : end.usage();
        if (usage == null) {
            object.putNull("usage");
            return;
        }
        ObjectNode counts = object.putObject("usage");
        counts.put("input_tokens", usage.input());
        counts.putObject("input_tokens_details")
                .put("cached_tokens", usage.cachedInput())
                .put("cache_write_tokens", 0);
        counts.put("output_tokens", usage.output());
        counts.putObject("output_tokens_details").put("reasoning_tokens", 0);
        counts.put("total_tokens", usage.input() + usage.output());
    }

    private static void parley(ObjectNode parley, Response turn, Response.@Nullable End end) {
        Cost cost = turn.cost();
        if (cost == null) {
            parley.putNull("cost");
        } else {
            parley.putObject("cost").put("amount", cost.micros()).put("currency", cost.currency());
        }
        Long latency = end == null ? null : Duration.between(turn.createdAt(), end.at()).toMillis();
        Duration firstToken = end == null ? null : end.firstToken();
        parley.put("latency_ms", latency);
        parley.put("first_token_ms", firstToken == null ? null : firstToken.toMillis());
        parley.put("trace_id", turn.traceId());
        parley.put("finish", end == null ? null : end.finish().name().toLowerCase(Locale.ROOT));
        parley.put("estimated", end != null && end.usage() != null && end.usage().estimated());
    }
}
