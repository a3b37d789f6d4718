package dev.parley.conversation.storage.response;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conversation.business.response.AdmissionRefusal;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the gateway says when it refuses a call, and of the caller's limits. */
final class GatewayRefusal {
    private GatewayRefusal() {}

    /** A refusal of this service itself, or no problem at all, is none of the caller's business. */
    static AdmissionRefusal read(ObjectMapper json, int status, MultiMap headers, Buffer body) {
        try {
            JsonNode problem = json.readTree(body.getBytes());
            JsonNode error = problem.path("error");
            String code = error.path("code").asText("");
            if (status < 400 || code.isEmpty() || status == 401) {
                return AdmissionRefusal.UNREACHABLE;
            }
            List<String> categories = new ArrayList<>();
            problem.path("categories").forEach(category -> categories.add(category.asText()));
            return new AdmissionRefusal(
                    status,
                    code,
                    problem.path("detail").asText(error.path("message").asText()),
                    error.path("param").isTextual() ? error.path("param").asText() : null,
                    categories,
                    hints(headers));
        } catch (IOException unreadable) {
            return AdmissionRefusal.UNREACHABLE;
        }
    }

    /** The headers about limits and retries that the caller gets to see. */
    static Map<String, String> hints(MultiMap headers) {
        Map<String, String> hints = new LinkedHashMap<>();
        headers.forEach(
                (name, value) -> {
                    String lower = name.toLowerCase(Locale.ROOT);
                    if (lower.startsWith("x-ratelimit-")
                            || lower.startsWith("ratelimit")
                            || lower.startsWith("retry-after")
                            || lower.equals("x-should-retry")
                            || lower.equals("x-parley-warning")) {
                        hints.put(name, value);
                    }
                });
        return hints;
    }
}
