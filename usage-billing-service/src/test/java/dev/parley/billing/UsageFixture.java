package dev.parley.billing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The data of a {@code usage_recorded} event, as the gateway would write it. */
record UsageFixture(Map<String, @Nullable Object> data) {
    static final String TOPIC = "parley.usage";
    static final String TYPE = "dev.parley.gateway.usage_recorded.v1";

    static UsageFixture of(String organization, String subject, String reservation) {
        Instant now = Instant.now();
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("call", ServiceIT.id("chatcmpl-"));
        data.put("reservation", reservation);
        data.put("organization", organization);
        data.put("subject", subject);
        data.put("api_key", null);
        data.put("conversation", null);
        data.put("response", null);
        data.put("purpose", "chat");
        data.put("model", "simulated");
        data.put("provider", "simulated");
        data.put("tier", "standard");
        data.put("attempt", 1);
        data.put("input_tokens", 12);
        data.put("cached_input_tokens", 0);
        data.put("output_tokens", 34);
        data.put("estimated", false);
        data.put("finish", "stop");
        data.put("reserved_at", now.toString());
        data.put("started_at", now.toString());
        data.put("first_token_at", null);
        data.put("finished_at", now.plusSeconds(1).toString());
        data.put("trace", "0123456789abcdef0123456789abcdef");
        data.put("what_comes_later", "is ignored");
        return new UsageFixture(data);
    }

    UsageFixture with(String field, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(data);
        changed.put(field, value);
        return new UsageFixture(changed);
    }

    String call() {
        return String.valueOf(data.get("call"));
    }

    String json() {
        try {
            return new ObjectMapper().writeValueAsString(data);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
