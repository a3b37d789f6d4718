package dev.parley.conversation.api.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conversation.business.response.Cost;
import dev.parley.conversation.business.response.PricedCall;
import dev.parley.platform.web.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractTest {
    private static final ObjectMapper JSON = StrictJson.tolerant(strict());

    @Test
    void readsTheProducersExampleOfAPricedCall() throws IOException {
        Optional<PricedCall> command = BillingListener.read(JSON, "event", example());
        assertThat(command).isPresent();
        assertThat(command.get().cost()).isEqualTo(new Cost(57, "USD"));
        assertThat(command.get().usage().output()).isEqualTo(34);
        assertThat(command.get().organization()).startsWith("org_");
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
