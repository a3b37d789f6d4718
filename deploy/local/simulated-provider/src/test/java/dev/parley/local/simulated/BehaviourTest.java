package dev.parley.local.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BehaviourTest {

    @Test
    void readsWhatIsSaidAndTakesTheRestAsAtTheStart() {
        Behaviour behaviour = parse("{\"between_tokens\":\"2.5ms\",\"fault\":\"429\"}");

        assertThat(behaviour.betweenTokens()).isEqualTo(Duration.ofNanos(2_500_000));
        assertThat(behaviour.firstToken()).isEqualTo(Duration.ZERO);
        assertThat(behaviour.tokens()).isEmpty();
        assertThat(behaviour.fault()).isEqualTo(Fault.TOO_MANY_REQUESTS);
        assertThat(behaviour.faultRate()).isEqualTo(1.0);
    }

    @Test
    void whatItSaysItReadsAgain() {
        Behaviour behaviour =
                parse(
                        """
                        {"first_token":"1s","between_tokens":"500us","tokens":7,
                         "fault":"die_mid_stream","fault_rate":0.25,"seed":9}
                        """);

        assertThat(Behaviour.parse(behaviour.toJson())).isEqualTo(behaviour);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"first_token\":20}",
                "{\"first_token\":\"-1ms\"}",
                "{\"tokens\":0}",
                "{\"tokens\":\"many\"}",
                "{\"fault\":\"flood\"}",
                "{\"fault_rate\":1.5}",
                "{\"fault_rate\":\"half\"}",
                "{\"speed\":1}",
                "[]"
            })
    void refusesWhatItDoesNotUnderstand(String json) {
        assertThatThrownBy(() -> parse(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void strikesTheShareOfCallsThatTheRateSaysAndTheSameOnesForTheSameSeed() {
        Behaviour behaviour = parse("{\"fault\":\"500\",\"fault_rate\":0.3,\"seed\":1}");

        long[] struck = struckBy(behaviour);

        assertThat(struck.length).isBetween(2_700, 3_300);
        assertThat(struckBy(behaviour)).isEqualTo(struck);
        assertThat(struckBy(parse("{\"fault\":\"500\",\"fault_rate\":0.3,\"seed\":2}")))
                .isNotEqualTo(struck);
    }

    private static long[] struckBy(Behaviour behaviour) {
        return LongStream.range(0, 10_000)
                .filter(call -> behaviour.faultOf(call) == Fault.SERVER_ERROR)
                .toArray();
    }

    private static Behaviour parse(String json) {
        return Behaviour.parse(Json.parse(Buffer.buffer(json)));
    }
}
