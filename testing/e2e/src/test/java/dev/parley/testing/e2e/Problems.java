package dev.parley.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** What every refusal has to look like. */
final class Problems {
    private Problems() {}

    static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.code()).as(answer.toString()).isEqualTo(code);
        assertThat(answer.header("content-type").orElse(""))
                .as(answer.toString())
                .startsWith("application/problem+json");
        JsonNode body = answer.json();
        assertThat(body.at("/status").asInt()).as(answer.toString()).isEqualTo(status);
        for (String member : new String[] {"type", "title", "detail", "instance"}) {
            assertThat(body.path(member).asText("")).as(member + " of " + answer).isNotEmpty();
        }
        assertThat(body.path("trace_id").asText()).as(answer.toString()).matches("[0-9a-f]{32}");
        assertThat(body.at("/error/message").asText("")).as(answer.toString()).isNotEmpty();
        assertThat(body.at("/error/type").asText("")).as(answer.toString()).isNotEmpty();
        assertThat(body.at("/error").has("param")).as(answer.toString()).isTrue();
        assertThat(answer.header("x-request-id")).as(answer.toString()).isPresent();
        if (status == 401) {
            assertThat(answer.header("www-authenticate")).as(answer.toString()).isPresent();
        }
        if (status == 409 && !code.equals("idempotency_in_progress")) {
            assertThat(answer.header("x-should-retry")).as(answer.toString()).contains("false");
        }
        assertThat(answer.body())
                .as("nothing internal shows")
                .doesNotContain("Exception", "dev.parley", "org.postgresql", "select ");
    }

    static void assertProblem(Answer answer, int status, String code, String param) {
        assertProblem(answer, status, code);
        assertThat(answer.text("/error/param")).as(answer.toString()).isEqualTo(param);
    }
}
