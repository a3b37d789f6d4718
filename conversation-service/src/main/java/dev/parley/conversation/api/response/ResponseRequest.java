package dev.parley.conversation.api.response;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.conversation.api.message.Ids;
import dev.parley.conversation.api.message.ItemReader;
import dev.parley.conversation.api.message.JsonFields;
import dev.parley.conversation.business.conversation.Metadata;
import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.Draft;
import dev.parley.conversation.business.message.Drafts;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.Settings;
import dev.parley.conversation.business.response.Settings.Truncation;
import dev.parley.platform.web.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/responses}, checked. */
record ResponseRequest(
        Settings settings,
        Drafts input,
        @Nullable ConversationId conversation,
        @Nullable ResponseId previous,
        @Nullable String instructions,
        Metadata metadata,
        boolean stored,
        boolean streamed) {

    private static final int MOST_ITEMS = 1000;
    private static final int LONGEST_IDENTIFIER = 64;
    private static final Set<String> KNOWN =
            Set.of(
                    "model",
                    "input",
                    "conversation",
                    "previous_response_id",
                    "instructions",
                    "stream",
                    "stream_options",
                    "background",
                    "store",
                    "max_output_tokens",
                    "temperature",
                    "top_p",
                    "text",
                    "tools",
                    "tool_choice",
                    "parallel_tool_calls",
                    "truncation",
                    "metadata",
                    "safety_identifier",
                    "prompt_cache_key",
                    "user",
                    "service_tier",
                    "include",
                    "top_logprobs");
    private static final Set<String> UNSUPPORTED =
            Set.of(
                    "prompt",
                    "reasoning",
                    "max_tool_calls",
                    "context_management",
                    "prompt_cache_retention",
                    "presence_penalty",
                    "frequency_penalty");

    static ResponseRequest of(JsonFields body) {
        body.refuseOthers(KNOWN, UNSUPPORTED);
        refuseWhatIsNotSupported(body);
        String model = body.text("model");
        if (model == null || model.isBlank()) {
            throw body.wrong("model", "given: there is no default model");
        }
        boolean stored = body.flag("store", true);
        ConversationId conversation = conversation(body);
        ResponseId previous = previous(body);
        if (conversation != null && previous != null) {
            throw Problem.invalid(
                            "previous_response_id",
                            "conversation and previous_response_id exclude each other")
                    .asException();
        }
        if (!stored && conversation != null) {
            throw Problem.invalid("store", "a turn of a conversation is always stored")
                    .asException();
        }
        Map<String, String> metadata =
                body.pairs(
                        "metadata",
                        Metadata.MOST_PAIRS,
                        Metadata.LONGEST_KEY,
                        Metadata.LONGEST_VALUE);
        String instructions = body.text("instructions");
        return new ResponseRequest(
                new Settings(
                        model,
                        body.number("max_output_tokens", 1),
                        body.decimal("temperature", 0, 2),
                        body.decimal("top_p", 0, 1),
                        truncation(body),
                        body.text("safety_identifier", LONGEST_IDENTIFIER),
                        body.text("prompt_cache_key", Metadata.LONGEST_VALUE),
                        body.text("user", Metadata.LONGEST_VALUE)),
                new Drafts(input(body)),
                conversation,
                previous,
                instructions == null ? null : ItemReader.normal(instructions),
                metadata == null ? Metadata.NONE : new Metadata(metadata),
                stored,
                body.flag("stream", false));
    }

    private static void refuseWhatIsNotSupported(JsonFields body) {
        if (body.flag("background", false)) {
            throw body.unsupported("background");
        }
        JsonNode tools = body.node("tools");
        if (tools != null && !(tools.isArray() && tools.isEmpty())) {
            throw body.unsupported("tools");
        }
        JsonNode include = body.node("include");
        if (include != null && !(include.isArray() && include.isEmpty())) {
            throw body.unsupported("include");
        }
        JsonNode choice = body.node("tool_choice");
        if (choice != null && !Set.of("auto", "none").contains(choice.asText())) {
            throw body.unsupported("tool_choice");
        }
        String tier = body.text("service_tier");
        if (tier != null && !Set.of("auto", "default").contains(tier)) {
            throw body.unsupported("service_tier");
        }
        Long logprobs = body.number("top_logprobs", 0);
        if (logprobs != null && logprobs > 0) {
            throw body.unsupported("top_logprobs");
        }
        body.flag("parallel_tool_calls", true);
        JsonNode options = body.node("stream_options");
        if (options != null) {
            JsonFields fields = JsonFields.of(options, "stream_options");
            fields.refuseOthers(Set.of("include_obfuscation"));
            fields.flag("include_obfuscation", false);
        }
        JsonNode text = body.node("text");
        if (text != null) {
            JsonFields fields = JsonFields.of(text, "text");
            fields.refuseOthers(Set.of("format"), Set.of("verbosity"));
            JsonNode format = fields.node("format");
            if (format != null) {
                JsonFields described = JsonFields.of(format, "text.format");
                String type = described.text("type");
                if (type != null && Set.of("json_object", "json_schema").contains(type)) {
                    throw described.unsupported("type");
                }
                if (!"text".equals(type)) {
                    throw described.wrong("type", "text");
                }
                described.refuseOthers(Set.of("type"));
            }
        }
    }

    private static Truncation truncation(JsonFields body) {
        String truncation = body.text("truncation");
        return switch (truncation == null ? "auto" : truncation) {
            case "auto" -> Truncation.AUTO;
            case "disabled" -> Truncation.DISABLED;
            default -> throw body.wrong("truncation", "auto or disabled");
        };
    }

    private static @Nullable ConversationId conversation(JsonFields body) {
        JsonNode node = body.node("conversation");
        if (node == null) {
            return null;
        }
        if (node.isTextual()) {
            return Ids.conversation(node.textValue());
        }
        JsonFields fields = JsonFields.of(node, "conversation");
        fields.refuseOthers(Set.of("id"));
        String id = fields.text("id");
        if (id == null) {
            throw fields.wrong("id", "a string");
        }
        return Ids.conversation(id);
    }

    private static @Nullable ResponseId previous(JsonFields body) {
        String id = body.text("previous_response_id");
        return id == null ? null : Ids.response(id);
    }

    private static List<Draft> input(JsonFields body) {
        JsonNode input = body.node("input");
        if (input == null) {
            throw body.wrong("input", "a string or an array of items");
        }
        if (input.isTextual()) {
            return ItemReader.ofText(input.textValue(), "input");
        }
        if (!input.isArray()) {
            throw body.wrong("input", "a string or an array of items");
        }
        if (input.isEmpty()) {
            throw Problem.of(400, "empty_message", "There is no input.")
                    .withParam("input")
                    .asException();
        }
        return ItemReader.ofArray(input, "input", MOST_ITEMS);
    }
}
