package dev.parley.platform.idempotency;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/** An answer with a JSON body, as bytes and back. */
final class StoredAnswer {
    private StoredAnswer() {}

    /** Status, headers and body; types of bodies are known to JSON where the answer was made. */
    static byte[] write(ObjectMapper json, Response answer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator stored = json.createGenerator(bytes)) {
            stored.writeStartObject();
            stored.writeNumberField("status", answer.getStatus());
            stored.writeObjectFieldStart("headers");
            for (String name : answer.getHeaders().keySet()) {
                stored.writeStringField(name, answer.getHeaderString(name));
            }
            stored.writeEndObject();
            stored.writeFieldName("body");
            stored.writePOJO(answer.getEntity());
            stored.writeEndObject();
        }
        return bytes.toByteArray();
    }

    static Response read(ObjectMapper json, byte[] bytes) throws IOException {
        JsonNode stored = json.readTree(bytes);
        JsonNode body = stored.path("body");
        Response.ResponseBuilder answer = Response.status(stored.path("status").asInt());
        for (Map.Entry<String, JsonNode> header : stored.path("headers").properties()) {
            answer.header(header.getKey(), header.getValue().asText());
        }
        return body.isNull() ? answer.build() : answer.entity(body).build();
    }
}
