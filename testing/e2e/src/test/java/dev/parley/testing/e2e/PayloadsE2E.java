package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static dev.parley.testing.e2e.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What an organization decides at identity is what the gateway keeps of its calls, redacted by
 * moderation where it wants that, and whoever reads it is on record at usage-billing.
 */
@ExtendWith(RunningStack.class)
class PayloadsE2E {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String CARD = "4111 1111 1111 1111";
    private static final String ADDRESS = "ada@example.org";
    private static final String ASKED =
            "My card is %s and I am %s, what now?".formatted(CARD, ADDRESS);

    private final Stack stack;
    private final Caller person;
    private final String organization;

    /** Each test has a person with an organization of their own, who may audit it. */
    PayloadsE2E(Stack stack) {
        this.stack = stack;
        stack.simulator().atOnce();
        this.person = stack.anyone().with(new People(stack.anyone()).auditor().accessToken());
        this.organization = person.get("/v1/users/me").ok(200).text("/organization");
    }

    @Test
    void nothingIsKeptUnlessTheOrganizationWantsIt() {
        assertThat(
                        person.get("/v1/organizations/" + organization + "/policies")
                                .ok(200)
                                .text("/payload_logging/mode"))
                .isEqualTo("off");

        List<String> calls = Stream.generate(this::call).limit(4).toList();

        PayloadsE2E another = new PayloadsE2E(stack);
        another.decide("metadata");
        Stream.generate(another::call).limit(4).toList().forEach(another::kept);
        for (String call : calls) {
            assertProblem(read(call), 404, "not_found");
        }
        assertThat(texts()).isEmpty();
    }

    @Test
    void metadataIsKeptWithoutText() {
        decide("metadata");

        JsonNode kept = kept(call());

        assertThat(kept.at("/mode").asText()).isEqualTo("metadata");
        assertThat(kept.at("/model").asText()).isEqualTo("simulated");
        assertThat(kept.at("/input_tokens").asLong()).isPositive();
        assertThat(kept.at("/output_tokens").asLong()).isPositive();
        assertThat(kept.at("/messages").isNull()).isTrue();
        assertThat(kept.at("/answer").isNull()).isTrue();
        Duration life =
                Duration.between(
                        Instant.parse(kept.at("/ended_at").asText()),
                        Instant.parse(kept.at("/expires_at").asText()));
        assertThat(life).isEqualTo(Duration.ofDays(3));
        assertThat(texts()).isEmpty();
    }

    @Test
    void redactedTextIsKeptWithoutWhatMustNotStay() {
        decide("redacted");

        JsonNode kept = kept(call());

        assertThat(kept.at("/mode").asText()).isEqualTo("redacted");
        String message = kept.at("/messages/0/content").asText();
        assertThat(message).startsWith("My card is ").doesNotContain(CARD).doesNotContain(ADDRESS);
        assertThat(message).contains(" and I am ").contains(", what now?");
        assertThat(kept.at("/answer").asText()).isNotEmpty();
        assertThat(texts()).hasSize(1).noneMatch(text -> text.contains(CARD));
        assertThat(texts()).noneMatch(text -> text.contains(ADDRESS));
    }

    @Test
    void fullTextIsKeptAsItWasAndWhoReadsItIsOnRecord() {
        decide("full");
        String request = call();

        JsonNode kept = kept(request);

        assertThat(kept.at("/mode").asText()).isEqualTo("full");
        assertThat(kept.at("/request_id").asText()).isEqualTo(request);
        assertThat(kept.at("/messages/0/content").asText()).isEqualTo(Planted.in(ASKED));
        assertThat(kept.at("/answer").asText()).isNotEmpty();
        String subject = person.get("/v1/users/me").text("/id");
        eventually(
                SOON,
                () -> {
                    JsonNode read =
                            person.get("/v1/audit/events?action=payload.read").ok(200).json();
                    assertThat(read.at("/data/0/actor").asText()).isEqualTo(subject);
                    assertThat(read.at("/data/0/resource/id").asText())
                            .as(read.toString())
                            .isEqualTo(kept.at("/call").asText());
                    assertThat(read.toString()).doesNotContain("card");
                });
        Caller stranger = stack.anyone().with(new People(stack.anyone()).auditor().accessToken());
        assertProblem(stranger.get("/v1/gateway/payloads/" + request), 404, "not_found");
        assertProblem(
                stack.anyone().with(stack.apiKey()).get("/v1/gateway/payloads/" + request),
                403,
                "insufficient_scope");
    }

    private void decide(String mode) {
        person.patch(
                        "/v1/organizations/" + organization + "/policies",
                        "{\"payload_logging\":{\"mode\":\"%s\",\"time_to_live_days\":3}}"
                                .formatted(mode))
                .ok(200);
    }

    /** Its request id. */
    private String call() {
        String request = "req-" + UUID.randomUUID();
        person.post("/v1/chat/completions", Prompts.chat(ASKED), "x-request-id", request).ok(200);
        return request;
    }

    private Answer read(String request) {
        return person.get("/v1/gateway/payloads/" + request);
    }

    private JsonNode kept(String request) {
        eventually(SOON, () -> assertThat(read(request).status()).isEqualTo(200));
        return read(request).json();
    }

    /** What stands in the gateway's database. */
    private List<String> texts() {
        return stack.database("gateway")
                .texts(
                        "select content from payload where organization_id = '%s'"
                                .formatted(organization));
    }
}
