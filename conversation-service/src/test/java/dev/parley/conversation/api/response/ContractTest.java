package dev.parley.conversation.api.response;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conversation.business.response.Cost;
import dev.parley.conversation.business.response.PricedCall;
import dev.parley.platform.web.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContractTest {
    private static final ObjectMapper JSON = StrictJson.tolerant(strict());

    @Test
    void readsTheProducersExampleOfAPricedCall() throws IOException {
        String example =
                Files.readString(
                        Path.of(
                                "../usage-billing-service/contracts/events",
                                BillingListener.USAGE_PRICED + ".example.json"));
        Optional<PricedCall> command = BillingListener.read(JSON, "event", example);
        assertThat(command).isPresent();
        assertThat(command.get().cost()).isEqualTo(new Cost(57, "USD"));
        assertThat(command.get().usage().output()).isEqualTo(34);
        assertThat(command.get().organization()).startsWith("org_");
    }

    private static ObjectMapper strict() {
        ObjectMapper mapper = new ObjectMapper();
        new StrictJson().customize(mapper);
        return mapper;
    }
}
