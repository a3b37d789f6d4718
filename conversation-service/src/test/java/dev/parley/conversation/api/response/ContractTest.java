package dev.parley.conversation.api.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conversation.business.response.Cost;
import dev.parley.conversation.business.response.PricedCall;
import dev.parley.platform.web.StrictJson;
import dev.parley.testing.peers.EventContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractTest {
    private static final ObjectMapper JSON = StrictJson.tolerant(strict());

    private static final EventContract PRICED =
            Objects.requireNonNull(
                    EventContract.allOf("usage-billing-service").get(BillingListener.USAGE_PRICED));

    static Map<String, String> examples() {
        return PRICED.examples();
    }

    @Test
    void knowsTheProducersExamples() {
        assertThat(examples())
                .containsOnlyKeys(
                        BillingListener.USAGE_PRICED + ".example.json",
                        BillingListener.USAGE_PRICED + ".replacing.example.json");
    }

    @ParameterizedTest
    @MethodSource("names")
    void readsEachOfTheProducersExamplesOfAPricedCall(String name) throws IOException {
        Optional<PricedCall> command =
                BillingListener.read(JSON, "event", examples().getOrDefault(name, ""));
        assertThat(command).isPresent();
        assertThat(command.get().cost()).isEqualTo(new Cost(57, "USD"));
        assertThat(command.get().usage().output()).isEqualTo(34);
        assertThat(command.get().organization()).startsWith("org_");
    }

    static Set<String> names() {
        return examples().keySet();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"currency\":\"USD\"|\"currency\":null",
                "\"currency\":\"USD\"|\"other\":1",
                "\"currency\":\"USD\"|\"currency\":\"dollars\"",
                "\"amount\":57|\"amount\":-1",
                "\"call\":|\"other\":",
                "\"response\":\"resp_|\"response\":\"conv_"
            })
    void refusesAPricedCallThatCannotBeKept(String change) throws IOException {
        String[] sides = change.split("\\|", 2);
        String example = example().replaceAll("\\s", "");
        assertThat(example).contains(sides[0]);
        assertThatThrownBy(
                        () ->
                                BillingListener.read(
                                        JSON, "event", example.replace(sides[0], sides[1])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String example() throws IOException {
        return Files.readString(
                Path.of(
                        "../usage-billing-service/contracts/events",
                        BillingListener.USAGE_PRICED + ".example.json"));
    }

    private static ObjectMapper strict() {
        ObjectMapper mapper = new ObjectMapper();
        new StrictJson().customize(mapper);
        return mapper;
    }
}
