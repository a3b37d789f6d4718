package dev.parley.conversation.storage.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.parley.conversation.business.message.ContentPart;
import dev.parley.conversation.business.message.Payload;
import dev.parley.conversation.business.message.Salt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How payloads stand in their rows: content is a JSON array of parts. */
@ApplicationScoped
public class Payloads {
    private final ObjectMapper json;

    @Inject
    Payloads(ObjectMapper json) {
        this.json = json;
    }

    /** What the column {@code content} holds of a payload. */
    public String content(Payload payload) {
        ArrayNode parts = json.createArrayNode();
        for (ContentPart part : payload.parts()) {
            parts.addObject()
                    .put("type", part.kind().name().toLowerCase(Locale.ROOT))
                    .put("text", part.text());
        }
        return parts.toString();
    }

    /** The payload in columns {@code <prefix>id}, {@code <prefix>salt}, {@code <prefix>content}. */
    public @Nullable Payload read(ResultSet row, String prefix) throws SQLException {
        UUID id = row.getObject(prefix + "id", UUID.class);
        if (id == null) {
            return null;
        }
        return of(id, row.getBytes(prefix + "salt"), row.getString(prefix + "content"));
    }

    private Payload of(UUID id, byte[] salt, String content) {
        try {
            List<ContentPart> parts = new ArrayList<>();
            for (JsonNode part : json.readTree(content)) {
                parts.add(
                        new ContentPart(
                                ContentPart.Kind.valueOf(
                                        part.get("type").asText().toUpperCase(Locale.ROOT)),
                                part.get("text").asText()));
            }
            return new Payload(id, new Salt(HexFormat.of().formatHex(salt)), parts);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("payload " + id + " is not readable", unreadable);
        }
    }
}
