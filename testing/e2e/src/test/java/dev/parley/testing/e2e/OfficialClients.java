package dev.parley.testing.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseRetrieveParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** OpenAI's own Java client, given a base URL and a key and nothing else. */
final class OfficialClients {
    static final String MODEL = "simulated";

    private OfficialClients() {}

    /** Every answer is checked against the client's own types. */
    static OpenAIClient client(URI edge, String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(edge + "/v1")
                .apiKey(key)
                .responseValidation(true)
                .build();
    }

    static ResponseCreateParams.Builder ask(String input) {
        return ResponseCreateParams.builder().model(MODEL).input(Planted.in(input));
    }

    static List<ResponseStreamEvent> stream(OpenAIClient client, ResponseCreateParams params) {
        try (StreamResponse<ResponseStreamEvent> stream =
                client.responses().createStreaming(params)) {
            return stream.stream().toList();
        }
    }

    /** The first so many events; then the client goes away. */
    static List<ResponseStreamEvent> cutStream(
            OpenAIClient client, ResponseCreateParams params, int events) {
        try (StreamResponse<ResponseStreamEvent> stream =
                client.responses().createStreaming(params)) {
            return stream.stream().limit(events).toList();
        }
    }

    /** The events after a sequence number; from the first for -1. */
    static List<ResponseStreamEvent> resume(OpenAIClient client, String id, long after) {
        ResponseRetrieveParams.Builder params = ResponseRetrieveParams.builder();
        if (after >= 0) {
            params.startingAfter(after);
        }
        try (StreamResponse<ResponseStreamEvent> stream =
                client.responses().retrieveStreaming(id, params.build())) {
            return stream.stream().toList();
        }
    }

    static String typeOf(ResponseStreamEvent event) {
        return json(event).get("type").asText();
    }

    static long sequenceOf(ResponseStreamEvent event) {
        return json(event).get("sequence_number").asLong(-1);
    }

    private static JsonNode json(ResponseStreamEvent event) {
        return event._json().orElseThrow().convert(JsonNode.class);
    }

    static String deltas(List<ResponseStreamEvent> events) {
        return events.stream()
                .filter(ResponseStreamEvent::isOutputTextDelta)
                .map(event -> event.asOutputTextDelta().delta())
                .collect(Collectors.joining());
    }

    static String text(Response response) {
        return response.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(content -> content.outputText().stream())
                .map(it -> it.text())
                .collect(Collectors.joining());
    }

    static String conversationOf(Response response) {
        return response.conversation().orElseThrow().id();
    }
}
