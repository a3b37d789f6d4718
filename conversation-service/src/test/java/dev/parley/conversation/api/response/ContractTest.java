package dev.parley.conversation.api.response;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

    @ParameterizedTest
    @ValueSource(strings = {"response_finished", "conversation_deleted"})
    void eachOwnExampleHasWhatItsSchemaRequires(String fact) throws IOException {
        String file = "contracts/events/dev.parley.conversation." + fact + ".v1.";
        JsonNode schema = JSON.readTree(Files.readString(Path.of(file + "schema.json")));
        JsonNode example = JSON.readTree(Files.readString(Path.of(file + "example.json")));
        assertThat(schema.path("required")).isNotEmpty();
        schema.path("required").forEach(name -> assertThat(example.has(name.asText())).isTrue());
        example.fieldNames()
                .forEachRemaining(name -> assertThat(schema.path("properties").has(name)).isTrue());
    }

    private static ObjectMapper strict() {
        ObjectMapper mapper = new ObjectMapper();
        new StrictJson().customize(mapper);
        return mapper;
    }
}
