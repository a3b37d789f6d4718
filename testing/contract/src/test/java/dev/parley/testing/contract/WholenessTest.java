package dev.parley.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholenessTest {
    private static final String WHOLE =
            """
            {"openapi": "3.1.0",
             "security": [{"bearer": []}],
             "components": {
               "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
               "parameters": {"page": {"name": "page", "in": "query", "schema": {}}},
               "schemas": {
                 "Cat": {"type": "object"},
                 "Pet": {"oneOf": [{"$ref": "#/components/schemas/Cat"}],
                   "discriminator": {"propertyName": "kind",
                     "mapping": {"cat": "#/components/schemas/Cat"}}}}},
             "paths": {
               "/pets/{id}": {
                 "parameters": [
                   {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
                 "get": {"operationId": "getPet", "security": [{"bearer": ["one"]}],
                   "parameters": [{"$ref": "#/components/parameters/page"}],
                   "responses": {"200": {"description": "It."}}},
                 "delete": {"operationId": "deletePet",
                   "responses": {"204": {"description": "Gone."}}}}}}
            """;

    @Test
    void takesADocumentThatAgreesWithItself() {
        ApiDocument document = ApiDocument.of(WHOLE);

        assertThat(document.faults()).isEmpty();
        assertThat(document.operations()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "[{\"$ref\": \"#/components/schemas/Cat\"}]|[{\"$ref\": \"#/components/Cat\"}]",
                "[{\"$ref\": \"#/components/schemas/Cat\"}]|[{\"$ref\": \"other.json\"}]",
                "\"cat\": \"#/components/schemas/Cat\"|\"cat\": \"#/components/schemas/Dog\"",
                "#/components/parameters/page|#/components/parameters/pages",
                "\"name\": \"id\"|\"name\": \"pet\"",
                "\"/pets/{id}\"|\"/pets/{id}/{other}\"",
                "\"/pets/{id}\"|\"/pets\"",
                "\"in\": \"path\", \"required\": true|\"in\": \"path\"",
                "\"in\": \"query\", \"schema\": {}|\"in\": \"query\"",
                "\"deletePet\"|\"getPet\"",
                "\"operationId\": \"deletePet\",|",
                "[{\"bearer\": [\"one\"]}]|[{\"bare\": [\"one\"]}]",
                "\"security\": [{\"bearer\": []}]|\"security\": [{\"other\": []}]",
                "{\"description\": \"Gone.\"}|{}",
                "{\"204\": {\"description\": \"Gone.\"}}|{}"
            })
    void findsWhatNoRequestWouldTouch(String right, String wrong) {
        assertThat(WHOLE).contains(right);
        String changed = WHOLE.replace(right, wrong == null ? "" : wrong);

        assertThat(ApiDocument.of(changed).faults()).isNotEmpty();
    }

    @Test
    void findsAPathThatStandsTwice() {
        String again =
                "\"paths\": {\"/pets/{name}\": {\"parameters\": [{\"name\": \"name\","
                        + " \"in\": \"path\", \"required\": true, \"schema\": {}}]},";

        assertThat(ApiDocument.of(WHOLE.replace("\"paths\": {", again)).faults())
                .containsExactly("/pets/{id} stands twice");
    }
}
