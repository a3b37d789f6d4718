package dev.parley.conversation.storage.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conversation.business.conversation.Metadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/** How metadata stands in a row: a JSON object of strings. */
@ApplicationScoped
public class MetadataJson {
    private static final TypeReference<Map<String, String>> PAIRS = new TypeReference<>() {};

    private final ObjectMapper json;

    @Inject
    MetadataJson(ObjectMapper json) {
        this.json = json;
    }

    public String write(Metadata metadata) {
        try {
            return metadata.pairs().isEmpty() ? "{}" : json.writeValueAsString(metadata.pairs());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings are always writable", e);
        }
    }

    public Map<String, String> read(String text) {
        try {
            return text.equals("{}") ? Map.of() : json.readValue(text, PAIRS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("metadata is not readable", e);
        }
    }
}
