package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TurnIT extends Service {
    private final Person person = new Person();

    @Test
    void answersAPlainTurn() {
        GatewayPeer.plays(GatewayPeer.saying("Hello", " world"));
        Response answer = person.turn("{\"model\":\"simulated\",\"input\":\"Hi\"}");
        assertThat(answer.statusCode()).describedAs(answer.asString()).isEqualTo(200);
        assertThat(answer.jsonPath().getString("output[0].content[0].text"))
                .isEqualTo("Hello world");
        assertThat(answer.jsonPath().getString("status")).isEqualTo("completed");
        assertThat(answer.header("x-ratelimit-limit-requests")).isEqualTo("600");
    }

    @Test
    void streamsATurnInOpenAisOrder() {
        GatewayPeer.plays(GatewayPeer.saying("Hello", " ", "world"));
        Response answer = person.turn("{\"model\":\"simulated\",\"input\":\"Hi\",\"stream\":true}");
        assertThat(answer.statusCode()).describedAs(answer.asString()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("text/event-stream");
        Events events = Events.of(answer.asString());
        assertThat(events.types())
                .isEqualTo(
                        List.of(
                                "response.created",
                                "response.in_progress",
                                "response.output_item.added",
                                "response.content_part.added",
                                "response.output_text.delta",
                                "response.output_text.delta",
                                "response.output_text.delta",
                                "response.output_text.done",
                                "response.content_part.done",
                                "response.output_item.done",
                                "response.completed"));
        events.areNumberedFrom(0);
        assertThat(events.text()).isEqualTo("Hello world");
        assertThat(answer.asString()).endsWith("data: [DONE]\n\n");
    }
}
