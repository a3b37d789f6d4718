package dev.parley.gateway.storage.provider;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.quarkiverse.langchain4j.QuarkusJsonCodecFactory;
import io.quarkiverse.langchain4j.ollama.ChatResponse;
import io.quarkiverse.langchain4j.ollama.Message;
import io.quarkiverse.langchain4j.ollama.Role;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How {@code OllamaClient}'s mapper reads a line of an answer. The client's own record has no place
 * for {@code done_reason} and {@code error}; they travel in the message's additional fields. A line
 * that cannot be read becomes a response without a model (the client swallows the exception).
 */
final class OllamaAnswers {
    static final String DONE_REASON = "done_reason";
    static final String ERROR = "error";

    private OllamaAnswers() {}

    /** Changes the client's mapper; before its first use, or it has no effect. */
    static void configure() {
        ObjectMapper mapper = QuarkusJsonCodecFactory.SnakeCaseObjectMapperHolder.MAPPER;
        mapper.disable(SerializationFeature.INDENT_OUTPUT);
        mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        mapper.getFactory().disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
        mapper.registerModule(
                new SimpleModule("ollama-answers").addDeserializer(ChatResponse.class, new Line()));
    }

    private static final class Line extends StdDeserializer<ChatResponse> {
        private static final long serialVersionUID = 1L;

        Line() {
            super(ChatResponse.class);
        }

        @Override
        public ChatResponse deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            String model = "";
            String content = "";
            boolean done = false;
            Integer input = null;
            Integer output = null;
            Map<String, Object> more = Map.of();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "model" -> model = textOr(parser, "");
                    case "message" -> content = contentOf(parser);
                    case "done" -> done = parser.getBooleanValue();
                    case "prompt_eval_count" -> input = parser.getIntValue();
                    case "eval_count" -> output = parser.getIntValue();
                    case DONE_REASON -> more = Map.of(DONE_REASON, textOr(parser, ""));
                    case ERROR -> more = Map.of(ERROR, textOr(parser, "unknown"));
                    default -> parser.skipChildren();
                }
            }
            return new ChatResponse(
                    model,
                    null,
                    new Message(Role.ASSISTANT, content, List.of(), List.of(), more),
                    done,
                    input,
                    output);
        }

        private static String contentOf(JsonParser parser) throws IOException {
            String content = "";
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("content")) {
                    content = textOr(parser, "");
                } else {
                    parser.skipChildren();
                }
            }
            return content;
        }

        private static String textOr(JsonParser parser, String absent) throws IOException {
            @Nullable String text = parser.getValueAsString();
            if (text == null) {
                parser.skipChildren();
                return absent;
            }
            return text;
        }
    }
}
