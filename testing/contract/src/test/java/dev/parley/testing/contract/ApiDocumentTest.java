package dev.parley.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
                         "responses": {
                           "200": {"content": {
                             "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}},
                             "text/event-stream": {
                               "schema": {"$ref": "#/components/schemas/Thing"}}}},
                           "404": {"x-codes": ["not_found"], "content": {
                             "application/problem+json": {
                               "schema": {"$ref": "#/components/schemas/Problem"}}}}}}},
                       "/things/newest": {"delete": {"responses": {"204": {}}}}}}
                    """);

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

    @Test
    void findsTheOperationOfAPath() {
        assertThat(DOCUMENT.operation("DELETE", "/things/newest")).isPresent();
        assertThat(DOCUMENT.operation("GET", "/things/7"))
                .hasValueSatisfying(
                        operation ->
                                assertThat(operation.scopes()).containsExactly("one", "other"));
        assertThat(DOCUMENT.operation("GET", "/things/7/parts")).isEmpty();
        Exchange unknown = new Exchange("GET", "/other", null, 200, null, "r", "");
        assertThat(DOCUMENT.faultsOf(unknown)).hasSize(1);
    }

    private static java.util.List<String> faults(int status, String contentType, String body) {
        return DOCUMENT.faultsOf(
                new Exchange("GET", "/things/7", null, status, contentType, "r", body));
    }
}
