package dev.parley.billing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The data of an {@code audit_recorded} event, as a service would write it. */
record AuditFixture(Map<String, @Nullable Object> data) {
    static final String TOPIC = "parley.audit";
    static final String TYPE = "dev.parley.identity.audit_recorded.v1";

    static AuditFixture of(String organization, String subject) {
        String now = Instant.now().toString();
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("organization", organization);
        data.put("actor", subject);
        data.put("api_key", null);
        data.put("client", "parley");
        data.put("action", "api_key.revoke");
        data.put("resource_type", "api_key");
        data.put("resource_id", ServiceIT.id("key_"));
        data.put("outcome", "allowed");
        data.put("code", null);
        data.put("occurrences", 1);
        data.put("first_at", now);
        data.put("at", now);
        data.put("request", "req_0123456789abcdef");
        data.put("trace", "0123456789abcdef0123456789abcdef");
        data.put("what_comes_later", "is ignored");
        return new AuditFixture(data);
    }

    AuditFixture with(String field, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(data);
        changed.put(field, value);
        return new AuditFixture(changed);
    }

    String json() {
        try {
            return new ObjectMapper().writeValueAsString(data);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
