package dev.parley.billing.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.parley.billing.business.audit.Deed;
import dev.parley.platform.web.StrictJson;
import dev.parley.testing.peers.EventContract;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditContractTest {
    private static final ObjectMapper JSON = StrictJson.tolerant(strict());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conversation-service",
                "identity-service",
                "llm-gateway-service",
                "moderation-service",
                "usage-billing-service"
            })
    void readsEachProducersOwnExamples(String producer) throws IOException {
        EventContract contract =
                EventContract.allOf(producer).entrySet().stream()
                        .filter(it -> AuditRecorded.TYPE.matcher(it.getKey()).matches())
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElseThrow();

        assertThat(contract.examples()).isNotEmpty();
        for (String example : contract.examples().values()) {
            Deed deed =
                    JSON.readValue(example, AuditRecorded.class)
                            .toDomain(new UUID(0, 1), producer, null);

            assertThat(deed.organization().value()).startsWith("org_");
            assertThat(deed.occurrences()).isPositive();
            assertThat(deed.refusal() == null).isEqualTo(example.contains("\"allowed\""));
            assertThat(deed.conversation() == null).isNotEqualTo(example.contains("\"conv_"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev.parley.billing.audit_head_signed.v1"})
    void readsItsOwnSignedHead(String type) throws IOException {
        for (String example : EventContract.own(type).examples().values()) {
            assertThat(
                            JSON.readValue(example, HeadListener.AuditHeadSigned.class)
                                    .toDomain()
                                    .head()
                                    .position())
                    .isEqualTo(42);
        }
    }

    private static ObjectMapper strict() {
        ObjectMapper mapper = new ObjectMapper().registerModule(new JavaTimeModule());
        new StrictJson().customize(mapper);
        return mapper;
    }
}
