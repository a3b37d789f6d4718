package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;

/** Somebody who makes requests again. */
abstract class RepeatScene extends Service {
    static final String PLAIN = "{\"model\":\"simulated\",\"input\":\"Hi\"}";

    final Person person = new Person();

    Response keyed(String key, String body) {
        return keyed(key, body, "/v1/responses");
    }

    Response keyed(String key, String body, String path) {
        return person.asks().header("Idempotency-Key", key).body(body).post(path);
    }

    Response tried(String before, String body, String path) {
        return person.asks().header("X-Stainless-Retry-Count", before).body(body).post(path);
    }

    static void waitForCalls(int count) throws InterruptedException {
        for (int i = 0; i < 100 && GatewayPeer.calls().size() < count; i++) {
            Thread.sleep(50);
        }
        assertThat(GatewayPeer.calls()).hasSize(count);
    }

    static void gone(Response answer) {
        assertThat(answer.statusCode()).describedAs(answer.asString()).isEqualTo(404);
        assertThat(answer.jsonPath().getString("error.code")).isEqualTo("not_found");
    }
}
