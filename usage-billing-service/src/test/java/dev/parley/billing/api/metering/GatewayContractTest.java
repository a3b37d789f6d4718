package dev.parley.billing.api.metering;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.parley.billing.business.metering.UsageRecord;
import dev.parley.platform.web.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GatewayContractTest {
    private static final Path EXAMPLE =
            Path.of(
                    "../llm-gateway-service/contracts/events",
                    UsageRecorded.TYPE + ".example.json");

    @Test
    void readsTheGatewaysOwnExample() throws IOException {
        ObjectMapper strict = new ObjectMapper().registerModule(new JavaTimeModule());
        new StrictJson().customize(strict);

        UsageRecord record =
                StrictJson.tolerant(strict)
                        .readValue(Files.readString(EXAMPLE), UsageRecorded.class)
                        .toDomain(new UUID(0, 1));

        assertThat(record.call().value()).isNotBlank();
        assertThat(record.usage().total()).isPositive();
        assertThat(record.finishedAt()).isAfterOrEqualTo(record.reservedAt());
    }
}
