package dev.parley.testing.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came back for one request. */
record Answer(String asked, int status, HttpHeaders headers, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Answer of(String asked, HttpResponse<String> response) {
        return new Answer(asked, response.statusCode(), response.headers(), response.body());
    }

    JsonNode json() {
        return parse(body);
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    static @Nullable JsonNode tryParse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    String text(String pointer) {
        return json().at(pointer).asText();
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** {@code error.code}, or an empty text. */
    String code() {
        return body.isEmpty() ? "" : text("/error/code");
    }

    Answer ok(int expected) {
        if (status != expected) {
            throw new AssertionError("expected " + expected + " but: " + this);
        }
        return this;
    }

    @Override
    public String toString() {
        return asked + " -> " + status + " " + body.substring(0, Math.min(600, body.length()));
    }
}
