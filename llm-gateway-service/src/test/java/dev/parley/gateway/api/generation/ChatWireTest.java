package dev.parley.gateway.api.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.gateway.business.generation.FinishReason;
import dev.parley.gateway.business.generation.GenerationEvent;
import dev.parley.gateway.business.generation.TokenUsage;
import dev.parley.gateway.business.model.Tokens;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChatWireTest {
    private static final String NASTY = "\"quoted\" \\ \n\t é € 😀 \u2028 </script>";
    private static final GenerationEvent.Finished END =
            new GenerationEvent.Finished(
                    FinishReason.STOP, TokenUsage.counted(new Tokens(3), new Tokens(4)));

    private final ChatWire wire =
            new ChatWire("chatcmpl-1", Instant.ofEpochSecond(7), "a \"model\"", true);

    @Test
    void keepsEveryCharacterOfTheAnswer() throws IOException {
        JsonNode whole = new ObjectMapper().readTree(wire.whole(NASTY, END));

        assertThat(whole.at("/choices/0/message/content").asText()).isEqualTo(NASTY);
        assertThat(whole.get("model").asText()).isEqualTo("a \"model\"");
        assertThat(whole.get("created").asInt()).isEqualTo(7);
        assertThat(whole.at("/usage/total_tokens").asInt()).isEqualTo(7);
    }

    @Test
    void theRoleComesOnceAndTheUsageLast() throws IOException {
        String stream =
                wire.delta(new GenerationEvent.Delta(NASTY)).toString()
                        + wire.delta(new GenerationEvent.Delta("b"))
                        + wire.finished(END);

        String[] events = stream.split("\n\n", -1);
        assertThat(events).hasSize(7);
        assertThat(data(events[0]).at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        assertThat(data(events[1]).at("/choices/0/delta/content").asText()).isEqualTo(NASTY);
        assertThat(data(events[2]).at("/choices/0/delta").has("role")).isFalse();
        assertThat(data(events[3]).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(data(events[4]).at("/usage/completion_tokens").asInt()).isEqualTo(4);
        assertThat(events[5]).isEqualTo("data: [DONE]");
    }

    private static JsonNode data(String event) throws IOException {
        return new ObjectMapper().readTree(event.substring("data: ".length()));
    }
}
