package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.gateway.app.generation.ForgetPayloads;
import dev.parley.testing.peers.IdentityPeer;
import dev.parley.testing.peers.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of calls, for whom, and for how long; each test has an organization of its own. */
@QuarkusTest
class PayloadIT extends GatewayIT {
    private static final String PROMPT = "Tell hush-hush things";

    @Inject ForgetPayloads forgetPayloads;

    private final String organization = "org_" + hex();
    private final TokenClaims member =
            TokenClaims.client("user_" + hex(), organization).withScopes("chat", "instructions");
    private final String auditorSubject = "user_" + hex();
    private final String auditor =
            IdentityPeer.clientToken(
                    TokenClaims.client(auditorSubject, organization).withScopes("audit:read"));

    @Test
    void keepsNothingUnlessTheOrganizationWantsIt() {
        String id = call(plain(PROMPT));
        String again = call(plain(PROMPT));

        pause(Duration.ofMillis(300));
        assertRefused(payload(id), 404, "not_found");
        assertRefused(payload(again), 404, "not_found");
        assertThat(count("payload_log")).isZero();
    }

    @Test
    void keepsMetadataWithoutText() {
        IdentityPeer.payloadLogging(organization, "metadata", 7);

        JsonNode kept = kept(call(plain(PROMPT)));

        assertThat(kept.get("object").asText()).isEqualTo("gateway.payload");
        assertThat(kept.get("mode").asText()).isEqualTo("metadata");
        assertThat(kept.get("model").asText()).isEqualTo("simulated");
        assertThat(kept.get("subject").asText()).isEqualTo(member.subject());
        assertThat(kept.get("outcome").asText()).isEqualTo("stop");
        assertThat(kept.get("input_tokens").asLong()).isPositive();
        assertThat(kept.get("output_tokens").asLong()).isPositive();
        assertThat(kept.get("messages").isNull()).isTrue();
        assertThat(kept.get("answer").isNull()).isTrue();
        assertThat(
                        Duration.between(
                                Instant.parse(kept.get("ended_at").asText()),
                                Instant.parse(kept.get("expires_at").asText())))
                .isEqualTo(Duration.ofDays(7));
        assertThat(count("payload")).isZero();
    }

    @Test
    void keepsRedactedText() {
        IdentityPeer.payloadLogging(organization, "redacted", 1);

        JsonNode kept = kept(call(plain(PROMPT)));

        assertThat(kept.get("mode").asText()).isEqualTo("redacted");
        assertThat(kept.at("/messages/0/role").asText()).isEqualTo("user");
        assertThat(kept.at("/messages/0/content").asText()).isEqualTo("Tell [redacted] things");
        assertThat(kept.get("answer").asText()).isNotEmpty();
        assertThat(stored()).doesNotContain("hush-hush");
    }

    @Test
    void keepsMetadataAloneWhenRedactionCannotBeHad() {
        IdentityPeer.payloadLogging(organization, "redacted", 1);
        ModerationPeer.redactions = ModerationPeer.Mood.FAIL;

        JsonNode kept = kept(call(plain(PROMPT)));

        assertThat(kept.get("mode").asText()).isEqualTo("metadata");
        assertThat(kept.get("messages").isNull()).isTrue();
        assertThat(count("payload")).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsFullTextOfStreamsAndWholeAnswers(boolean streams) {
        IdentityPeer.payloadLogging(organization, "full", 1);

        String id = call(body(PROMPT, streams));
        JsonNode kept = kept(id);

        assertThat(kept.get("request_id").asText()).isEqualTo(id);
        assertThat(kept.at("/messages/0/content").asText()).isEqualTo(PROMPT);
        assertThat(kept.get("answer").asText()).contains("words:");
        assertThat(kept.get("call").asText()).startsWith("chatcmpl-");
        JsonNode byCall = kept(kept.get("call").asText());
        assertThat(byCall).isEqualTo(kept);
        assertThat(count("payload")).isEqualTo(1);
    }

    @Test
    void keepsWhatTheCallerSawAndNotWhatWasHeldBack() {
        IdentityPeer.payloadLogging(organization, "full", 1);
        ModerationPeer.forbiddenOutput = "words:";

        JsonNode kept = kept(call(body(PROMPT, true)));

        assertThat(kept.get("outcome").asText()).isEqualTo("content_filter");
        assertThat(kept.get("answer").asText()).doesNotContain("words:");
    }

    @Test
    void keepsRefusedCalls() {
        IdentityPeer.payloadLogging(organization, "full", 1);

        JsonNode blocked = kept(call(plain("something forbidden")));
        JsonNode unknown =
                kept(
                        call(
                                "{\"model\":\"none\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"));

        assertThat(blocked.get("outcome").asText()).isEqualTo("refused:content_blocked");
        assertThat(blocked.at("/messages/0/content").asText()).isEqualTo("something forbidden");
        assertThat(blocked.get("answer").asText()).isEmpty();
        assertThat(blocked.get("input_tokens").isNull()).isTrue();
        assertThat(unknown.get("outcome").asText()).isEqualTo("refused:model_not_found");
    }

    @Test
    void keepsCallsWhoseProviderFailed() {
        IdentityPeer.payloadLogging(organization, "full", 1);
        behave("{\"fault\":\"die_mid_stream\",\"tokens\":30}");

        JsonNode kept = kept(call(body(PROMPT, true)));

        assertThat(kept.get("outcome").asText()).isEqualTo("failed:upstream_error");
    }

    @Test
    void putsOnRecordWhoHasReadWhat() {
        IdentityPeer.payloadLogging(organization, "full", 1);
        String id = call(plain(PROMPT));
        String call = kept(id).path("call").asText();
        JsonNode told = lastRead();
        assertThat(told.path("action").asText()).isEqualTo("payload.read");
        assertThat(told.path("outcome").asText()).isEqualTo("allowed");
        assertThat(told.path("resource_id").asText()).isEqualTo(call);
        assertThat(told.path("actor").asText()).isEqualTo(auditorSubject);
        assertThat(told.path("trace").asText()).matches("[0-9a-f]{32}");
        assertThat(told.toString()).doesNotContain("hush-hush");
    }

    @Test
    void isReadInItsOwnOrganizationByWhoMayAudit() {
        IdentityPeer.payloadLogging(organization, "full", 1);
        String id = call(plain(PROMPT));
        kept(id);

        String strange =
                IdentityPeer.clientToken(
                        TokenClaims.client("user_" + hex(), "org_" + hex())
                                .withScopes("audit:read"));
        assertRefused(get(path(id), strange), 404, "not_found");
        assertRefused(get(path(id), IdentityPeer.clientToken(member)), 403, "insufficient_scope");
        assertRefused(get(path("x".repeat(300)), auditor), 404, "not_found");
        assertThat(send(to(path(id)).GET().build()).statusCode()).isEqualTo(401);
        assertThat(payload(id).headers().firstValue("cache-control")).hasValue("no-store");
    }

    @Test
    void isGoneWhenItsTimeIsOver() {
        IdentityPeer.payloadLogging(organization, "full", 1);
        String over = call(plain(PROMPT));
        String young = call(plain("another"));
        kept(over);
        kept(young);
        execute(
                "update payload_log set expires_at = now() where request_id = '%s'"
                        .formatted(over));
        assertRefused(payload(over), 404, "not_found");

        forgetPayloads.handle();

        assertThat(count("payload_log")).isEqualTo(1);
        assertThat(count("payload")).isEqualTo(1);
        assertThat(payload(young).statusCode()).isEqualTo(200);
    }

    @Test
    void leavesNoTextInTheOutbox() {
        IdentityPeer.payloadLogging(organization, "full", 1);
        kept(call(plain("a needle in the prompt")));

        assertThat(usageRecords().toString()).isNotEmpty().doesNotContain("needle");
    }

    @Test
    void asksIdentityOncePerOrganizationAndNotPerCall() {
        int before = IdentityPeer.policyQuestions();

        for (int i = 0; i < 5; i++) {
            call(plain(PROMPT));
        }

        assertThat(IdentityPeer.policyQuestions() - before).isEqualTo(1);
    }

    private JsonNode kept(String id) {
        eventually(() -> payload(id).statusCode() == 200);
        return json(payload(id));
    }

    private HttpResponse<String> payload(String id) {
        return get(path(id), auditor);
    }

    private JsonNode lastRead() {
        return json(
                ask(
                        "select data from outbox where topic = 'parley.audit' and event_key = '%s' order by sequence desc limit 1"
                                .formatted(organization)));
    }

    private static String path(String id) {
        return "/v1/gateway/payloads/" + id;
    }

    /** Calls as a member; answers the request's id. */
    private String call(String body) {
        String id = "req-" + hex();
        HttpResponse<String> answer =
                send(
                        to("/v1/chat/completions")
                                .header(
                                        "authorization",
                                        "Bearer " + IdentityPeer.clientToken(member))
                                .header("x-request-id", id)
                                .POST(BodyPublishers.ofString(body))
                                .build());
        assertThat(answer.headers().firstValue("x-request-id")).hasValue(id);
        return id;
    }

    private static String plain(String text) {
        return body(text, false);
    }

    private static String body(String text, boolean streams) {
        return "{\"model\":\"simulated\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(streams, text);
    }

    private int count(String table) {
        return Integer.parseInt(
                ask(
                        "select count(*) from %s where organization_id = '%s'"
                                .formatted(table, organization)));
    }

    private String stored() {
        return ask(
                "select string_agg(content, ' ') from payload where organization_id = '%s'"
                        .formatted(organization));
    }

    private String ask(String sql) {
        try (Connection connection = database.getConnection();
                Statement query = connection.createStatement();
                ResultSet row = query.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
