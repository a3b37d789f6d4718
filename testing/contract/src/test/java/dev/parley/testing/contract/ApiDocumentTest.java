package dev.parley.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiDocumentTest {
    private static final ApiDocument DOCUMENT =
            ApiDocument.of(
                    """
                    {"openapi": "3.1.0",
                     "components": {"schemas": {
                       "Thing": {"type": "object", "required": ["id", "at"], "properties": {
                         "id": {"type": "string"},
                         "at": {"type": ["string", "null"], "format": "date-time"}}},
                       "Problem": {"type": "object", "required": ["error"],
                         "additionalProperties": true,
                         "properties": {"error": {"type": "object"}}}}},
                     "paths": {
                       "/things/{id}": {"get": {
                         "operationId": "getThing",
                         "security": [{"bearer": ["one"]}, {"bearer": ["other"]}],
                         "parameters": [
                           {"name": "view", "in": "query"},
                           {"name": "metadata", "in": "query", "style": "deepObject"}],
                         "responses": {
                           "200": {"content": {
                             "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}},
                             "text/event-stream": {
                               "schema": {"$ref": "#/components/schemas/Thing"}}}},
                           "404": {"x-codes": ["not_found"], "content": {
                             "application/problem+json": {
                               "schema": {"$ref": "#/components/schemas/Problem"}}}}}}},
                       "/things": {"post": {"responses": {
                         "201": {"headers": {"Location": {}}},
                         "503": {"headers": {"Retry-After": {}}}, "409": {}}}},
                       "/things/newest": {"delete": {"responses": {"204": {}}}}}}
                    """);

    private static final Map<String, String> ANSWERED = Map.of("x-request-id", "r");

    @Test
    void takesWhatIsDocumented() {
        assertThat(faults(200, "application/json", "{\"id\":\"a\",\"at\":null}")).isEmpty();
        assertThat(
                        faults(
                                200,
                                "application/json;charset=UTF-8",
                                "{\"id\":\"a\",\"at\":\"2026-01-01T00:00:00Z\"}"))
                .isEmpty();
    }

    @Test
    void findsMembersThatAreMissingUnknownOrOfAnotherKind() {
        assertThat(faults(200, "application/json", "{\"id\":\"a\"}")).hasSize(1);
        assertThat(faults(200, "application/json", "{\"id\":\"a\",\"at\":null,\"more\":1}"))
                .hasSize(1);
        assertThat(faults(200, "application/json", "{\"id\":1,\"at\":null}")).hasSize(1);
        assertThat(faults(200, "application/json", "{\"id\":\"a\",\"at\":\"noon\"}")).hasSize(1);
    }

    @Test
    void findsStatusesMediaTypesAndCodesThatAreNotDocumented() {
        assertThat(faults(201, "application/json", "{}")).hasSize(1);
        assertThat(faults(200, "text/plain", "hello")).hasSize(1);
        assertThat(faults(404, "application/problem+json", "{\"error\":{\"code\":\"not_found\"}}"))
                .isEmpty();
        assertThat(faults(404, "application/problem+json", "{\"error\":{\"code\":\"gone\"}}"))
                .hasSize(1);
    }

    @Test
    void readsEveryEventOfAStream() {
        String good = "event: thing\ndata: {\"id\":\"a\",\"at\":null}\n\n";
        assertThat(faults(200, "text/event-stream", good + good + "data: [DONE]\n\n")).isEmpty();
        assertThat(faults(200, "text/event-stream", good + "data: {\"id\":\"b\"}\n\n")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"view=all", "view=all&view=one", "metadata%5Bkey%5D=a", ""})
    void takesQueriesThatAreDocumented(String query) {
        assertThat(DOCUMENT.faultsOf(asked(query, 200))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"views=all", "view=all&other", "view[key]=a", "metadataother=a"})
    void findsQueriesThatAreNotDocumented(String query) {
        assertThat(DOCUMENT.faultsOf(asked(query, 200))).hasSize(1);
        assertThat(DOCUMENT.faultsOf(asked(query, 404))).isEmpty();
    }

    private static Exchange asked(String query, int status) {
        return new Exchange(
                "GET",
                "/things/7",
                query,
                null,
                status,
                typed(status == 200 ? "application/json" : "application/problem+json"),
                true,
                status == 200
                        ? "{\"id\":\"a\",\"at\":null}"
                        : "{\"error\":{\"code\":\"not_found\"}}");
    }

    @Test
    void holdsAnAnswersHeadersAgainstTheDocument() {
        assertThat(made(201, Map.of("location", "/things/8"))).isEmpty();
        assertThat(made(201, Map.of())).hasSize(1);
        assertThat(DOCUMENT.faultsOf(new Exchange("POST", "/things", null, 201, null, "r", "")))
                .isEmpty();
        assertThat(made(503, Map.of("retry-after", "1"))).isEmpty();
        assertThat(made(503, Map.of())).hasSize(1);
        assertThat(made(409, Map.of("x-other", "1"))).isEmpty();
        assertThat(made(409, Map.of("retry-after", "1"))).hasSize(1);
    }

    private static List<String> made(int status, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(ANSWERED);
        all.putAll(headers);
        return DOCUMENT.faultsOf(
                new Exchange("POST", "/things", null, null, status, all, true, ""));
    }

    @Test
    void findsAnAnswerWithoutAnId() {
        Exchange nameless =
                new Exchange("DELETE", "/things/newest", null, null, 204, Map.of(), true, "");
        assertThat(DOCUMENT.faultsOf(nameless)).hasSize(1);
    }

    private static Map<String, String> typed(String contentType) {
        Map<String, String> headers = new HashMap<>(ANSWERED);
        headers.put("content-type", contentType);
        return headers;
    }

    @Test
    void findsTheOperationOfAPath() {
        assertThat(DOCUMENT.operation("DELETE", "/things/newest")).isPresent();
        assertThat(DOCUMENT.operation("GET", "/things/7"))
                .hasValueSatisfying(
                        operation ->
                                assertThat(operation.scopes()).containsExactly("one", "other"));
        assertThat(DOCUMENT.operation("GET", "/things/7/parts")).isEmpty();
        Exchange unknown = new Exchange("GET", "/other", null, null, 200, ANSWERED, true, "");
        assertThat(DOCUMENT.faultsOf(unknown)).hasSize(1);
    }

    private static List<String> faults(int status, String contentType, String body) {
        return DOCUMENT.faultsOf(
                new Exchange(
                        "GET", "/things/7", null, null, status, typed(contentType), true, body));
    }
}
