package dev.parley.billing.api.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.parley.billing.business.metering.TokenUsage;
import dev.parley.billing.business.metering.UsageRecord;
import dev.parley.platform.web.StrictJson;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageRecordedTest {
    private static final String DOCUMENTED =
            """
            {"call":"chatcmpl-1","reservation":"rsv_0198c0de00007000800000000000000a",
             "organization":"org_1","subject":"user_1","api_key":null,"conversation":null,
             "response":null,"purpose":"chat","model":"simulated","provider":"simulated",
             "tier":"standard","attempt":1,"input_tokens":12,"cached_input_tokens":5,
             "output_tokens":34,"estimated":false,"finish":"stop",
             "reserved_at":"2026-11-23T10:15:30Z","started_at":"2026-11-23T10:15:30.1Z",
             "first_token_at":null,"finished_at":"2026-11-23T10:15:31Z","trace":null,
             "what_we_do_not_know":{"is":"ignored"}}
            """;

    private final ObjectMapper json = mapper();

    @Test
    void readsWhatIsDocumentedAndIgnoresTheRest() throws IOException {
        UsageRecord record = read(DOCUMENTED);

        assertThat(record.usage()).isEqualTo(new TokenUsage(12, 5, 34));
        assertThat(record.consumer().apiKey()).isNull();
        assertThat(record.reservedAt()).isEqualTo("2026-11-23T10:15:30Z");
    }

    @ParameterizedTest
    @CsvSource({
        "call, null",
        "call, \"\"",
        "reservation, \"rsv_nonsense\"",
        "organization, null",
        "subject, null",
        "input_tokens, -1",
        "cached_input_tokens, 13",
        "output_tokens, 9000000000000000000",
        "estimated, null",
        "reserved_at, null"
    })
    void refusesWhatCannotBe(String field, String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(with(field, value)));
    }

    private String with(String field, String value) throws IOException {
        com.fasterxml.jackson.databind.node.ObjectNode tree =
                (com.fasterxml.jackson.databind.node.ObjectNode) json.readTree(DOCUMENTED);
        tree.set(field, json.readTree(value));
        return tree.toString();
    }

    private UsageRecord read(String text) throws IOException {
        return json.readValue(text, UsageRecorded.class).toDomain(new UUID(0, 1));
    }

    private static ObjectMapper mapper() {
        ObjectMapper strict = new ObjectMapper().registerModule(new JavaTimeModule());
        new StrictJson().customize(strict);
        return StrictJson.tolerant(strict);
    }
}
