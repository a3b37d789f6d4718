package dev.parley.gateway.storage.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is written is what the contract's example and schema say. */
class UsageRecordedContractTest {
    private static final String FILE = "contracts/events/dev.parley.gateway.usage_recorded.v1";
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .registerModule(new JavaTimeModule())
                    .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    @Test
    void theExampleIsWrittenAsItIsRead() throws IOException {
        String example = Files.readString(Path.of(FILE + ".example.json"));

        UsageRecordedData read = JSON.readValue(example, UsageRecordedData.class);

        JsonNode written = JSON.readTree(JSON.writeValueAsString(read));
        assertThat(written).isEqualTo(JSON.readTree(example));
    }

    @Test
    void theSchemaNamesEveryMember() throws IOException {
        JsonNode schema = JSON.readTree(Files.readString(Path.of(FILE + ".schema.json")));
        JsonNode example = JSON.readTree(Files.readString(Path.of(FILE + ".example.json")));

        assertThat(names(schema.get("properties"))).isEqualTo(names(example));
        Set<String> required = new TreeSet<>();
        schema.get("required").forEach(name -> required.add(name.asText()));
        assertThat(required).isEqualTo(names(example));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
