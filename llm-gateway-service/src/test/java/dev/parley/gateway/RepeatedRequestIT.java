package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.gateway.app.generation.ForgetAnswers;
import dev.parley.testing.peers.IdentityPeer;
import dev.parley.testing.peers.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A request that is made again is answered again, not anew: the model is called once. */
@QuarkusTest
class RepeatedRequestIT extends GatewayIT {
    private static final String KEY = "Idempotency-Key";
    private static final String RETRIES = "X-Stainless-Retry-Count";

    private static final String UNANSWERED =
            "ending = null, provider = null, attempts = null, payload_id = null,"
                    + " input_tokens = null, cached_input_tokens = null, output_tokens = null,"
                    + " estimated = null";

    @Inject ForgetAnswers forgetAnswers;

    private final String organization = "org_" + hex();
    private final TokenClaims person =
            TokenClaims.client("user_" + hex(), organization).withScopes("chat");

    @Test
    void aKeyGivesTheFirstAnswerAgain() {
        HttpResponse<String> first = ask(plain("one"), KEY, "k");
        HttpResponse<String> again = ask(plain("one"), KEY, "k");

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again)).isEqualTo(json(first));
        assertThat(again.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(again.headers().firstValue("x-parley-provider"))
                .isEqualTo(first.headers().firstValue("x-parley-provider"));
        assertCalledOnce();
    }

    @Test
    void aKeyGivesAStreamAgain() {
        HttpResponse<String> first = ask(stream("one"), KEY, "k");
        HttpResponse<String> again = ask(stream("one"), KEY, "k");

        assertThat(again.headers().firstValue("content-type"))
                .isEqualTo(first.headers().firstValue("content-type"));
        assertThat(text(again)).isEqualTo(text(first)).isNotEmpty();
        List<String> events = events(again);
        assertThat(events.getLast()).isEqualTo("[DONE]");
        List<String> before = events(first);
        assertThat(events.subList(events.size() - 3, events.size()))
                .isEqualTo(before.subList(before.size() - 3, before.size()));
        assertThat(json(events.getFirst())).isEqualTo(json(before.getFirst()));
        assertCalledOnce();
    }

    @Test
    void aKeyIsForOneBodyAndOneCaller() {
        assertThat(ask(plain("one"), KEY, "k").statusCode()).isEqualTo(200);

        assertRefused(ask(plain("two"), KEY, "k"), 422, "idempotency_key_reused");
        assertRefused(ask(stream("one"), KEY, "k"), 422, "idempotency_key_reused");
        assertThat(ask(plain("one"), KEY, "another").statusCode()).isEqualTo(200);
        TokenClaims other = TokenClaims.client("user_other", organization).withScopes("chat");
        assertThat(askAs(other, plain("two"), KEY, "k").statusCode()).isEqualTo(200);
        assertThat(totals().get("calls").asInt()).isEqualTo(3);
    }

    @Test
    void whileTheFirstRunsARepetitionIsToComeLater() {
        behave("{\"between_tokens\":\"50ms\",\"tokens\":60}");
        CompletableFuture<HttpResponse<String>> first =
                CompletableFuture.supplyAsync(() -> ask(plain("one"), KEY, "k"));
        eventually(() -> !providerCalls().isEmpty());

        HttpResponse<String> early = ask(plain("one"), KEY, "k");

        assertRefused(early, 409, "idempotency_in_progress");
        assertThat(early.headers().firstValue("x-should-retry")).isEmpty();
        assertThat(early.headers().firstValue("retry-after")).hasValue("1");
        String answer = first.join().body();
        assertThat(json(ask(plain("one"), KEY, "k"))).isEqualTo(json(answer));
        assertCalledOnce();
    }

    @Test
    void whatCameToNothingMayBeAskedAnew() {
        UsageBillingPeer.mood = UsageBillingPeer.Mood.REFUSE;
        assertThat(ask(plain("one"), KEY, "k").statusCode()).isEqualTo(429);
        UsageBillingPeer.mood = UsageBillingPeer.Mood.GRANT;

        behave("{\"fault\":\"500\"}");
        eventually(() -> ask(plain("one"), KEY, "k").statusCode() == 502);
        behave("{\"between_tokens\":\"5ms\",\"tokens\":10,\"fault\":\"die_mid_stream\"}");
        eventually(() -> ask(plain("one"), KEY, "k").body().contains("upstream_error"));

        behave("{}");
        eventually(() -> ask(plain("one"), KEY, "k").statusCode() == 200);
    }

    @Test
    void whoLeftBeforeTheEndMayAskAnew() {
        behave("{\"between_tokens\":\"50ms\",\"tokens\":400}");
        try (RawConnection client =
                RawConnection.post(
                        gateway,
                        "/v1/chat/completions",
                        IdentityPeer.clientToken(person),
                        stream("one"),
                        KEY + ": k")) {
            client.readUntil("words:");
        }
        behave("{}");

        eventually(() -> ask(stream("one"), KEY, "k").statusCode() == 200);
        eventually(() -> totals().get("cut").asInt() == 1);
        assertThat(totals().get("calls").asInt()).isEqualTo(2);
    }

    @Test
    void whoLeftBeforeTheCallWasAdmittedMayAskAnew() {
        UsageBillingPeer.delay = Duration.ofSeconds(2);
        leaving(stream("one"), KEY + ": k", () -> !UsageBillingPeer.RESERVED.isEmpty());
        UsageBillingPeer.delay = Duration.ZERO;

        eventually(() -> ask(stream("one"), KEY, "k").statusCode() == 200);
    }

    @Test
    void whoLeftBeforeTheClaimWasDecidedMayAskAnew() throws SQLException {
        try (Connection holder = database.getConnection()) {
            holder.setAutoCommit(false);
            try (Statement lock = holder.createStatement()) {
                lock.execute("lock table answer_claim in exclusive mode");
                leaving(stream("one"), KEY + ": k", this::somebodyWaitsForTheTable);
                pause(Duration.ofMillis(200));
            } finally {
                holder.rollback();
                holder.setAutoCommit(true);
            }
        }

        eventually(() -> ask(stream("one"), KEY, "k").statusCode() == 200);
        assertCalledOnce();
    }

    private boolean somebodyWaitsForTheTable() {
        return !committed("select 1 from pg_locks where not granted and locktype = 'relation'")
                .isEmpty();
    }

    private void leaving(String body, String header, BooleanSupplier when) {
        try (RawConnection client =
                RawConnection.post(
                        gateway,
                        "/v1/chat/completions",
                        IdentityPeer.clientToken(person),
                        body,
                        header)) {
            assertThat(client).isNotNull();
            eventually(when);
        }
    }

    @Test
    void aRefusalByTheProviderStands() {
        behave("{\"fault\":\"400\"}");
        HttpResponse<String> first = ask(plain("one"), KEY, "k");
        assertRefused(first, 400, "invalid_request");
        eventually(() -> claims("ending is not null") == 1);
        behave("{}");

        HttpResponse<String> again = ask(plain("one"), KEY, "k");

        assertRefused(again, 400, "invalid_request");
        assertThat(again.headers().firstValue("x-parley-attempts")).hasValue("1");
        assertRefused(ask(plain("two"), KEY, "k"), 422, "idempotency_key_reused");
        assertThat(totals().get("calls").asInt()).isEqualTo(1);
        assertThat(usageRecords()).isEmpty();
    }

    @Test
    void theRetryOfAnOfficialClientJoinsACallThatRuns() {
        behave("{\"between_tokens\":\"50ms\",\"tokens\":30}");
        CompletableFuture<HttpResponse<String>> first =
                CompletableFuture.supplyAsync(() -> ask(plain("one"), RETRIES, "0"));
        eventually(() -> !providerCalls().isEmpty());

        HttpResponse<String> retry = ask(plain("one"), RETRIES, "1");

        assertThat(json(retry)).isEqualTo(json(first.join()));
        assertCalledOnce();
    }

    @Test
    void theRetryOfAnOfficialClientJoinsACallThatRunsUnderItsKey() {
        behave("{\"between_tokens\":\"50ms\",\"tokens\":30}");
        CompletableFuture<HttpResponse<String>> first =
                CompletableFuture.supplyAsync(() -> ask(stream("one"), KEY, "k", RETRIES, "0"));
        eventually(() -> !providerCalls().isEmpty());

        HttpResponse<String> retry = ask(stream("one"), KEY, "k", RETRIES, "1");

        assertThat(retry.statusCode()).as(retry.body()).isEqualTo(200);
        assertThat(text(retry)).isEqualTo(text(first.join())).isNotEmpty();
        assertThat(claims("expires_at - created_at > interval '1439 minutes'")).isEqualTo(1);
        assertCalledOnce();
        assertRefused(ask(stream("two"), KEY, "k", RETRIES, "1"), 422, "idempotency_key_reused");
    }

    @Test
    void spaceInTheBodyMakesAnotherRequest() {
        assertThat(ask(plain("one"), KEY, "k").statusCode()).isEqualTo(200);

        assertRefused(ask(" " + plain("one"), KEY, "k"), 422, "idempotency_key_reused");
    }

    @Test
    void theRetryOfAnOfficialClientGetsTheAnswerThatItMissed() {
        HttpResponse<String> first = ask(plain("one"), RETRIES, "0");
        HttpResponse<String> retry = ask(plain("one"), RETRIES, "1");

        assertThat(json(retry)).isEqualTo(json(first));
        assertCalledOnce();
        assertThat(id(ask(plain("two"), RETRIES, "1"))).isNotEqualTo(id(first));
    }

    @Test
    void theSameQuestionOfAnOfficialClientIsANewOne() {
        HttpResponse<String> first = ask(plain("one"), RETRIES, "0");
        HttpResponse<String> second = ask(plain("one"), RETRIES, "0");

        assertThat(id(second)).isNotEqualTo(id(first));
        assertThat(id(ask(plain("one"), RETRIES, "2"))).isEqualTo(id(second));
        assertThat(totals().get("calls").asInt()).isEqualTo(2);
    }

    @Test
    void manyFirstTriesAtOnceAreEachOnRecord() {
        List<String> questions =
                IntStream.range(0, 40).mapToObj(i -> plain("question " + i)).toList();
        List<CompletableFuture<HttpResponse<String>>> asked =
                questions.stream()
                        .map(body -> CompletableFuture.supplyAsync(() -> ask(body, RETRIES, "0")))
                        .toList();
        List<String> first = asked.stream().map(answer -> id(answer.join())).toList();

        assertThat(first).doesNotHaveDuplicates();
        assertThat(claims("name like 'first:%' and ending is not null")).isEqualTo(40);
        assertThat(questions.stream().map(body -> id(ask(body, RETRIES, "1")))).isEqualTo(first);
    }

    @Test
    void aFirstTryThatCannotBeClaimedHoldsUpNoOther() {
        execute("alter table answer_claim rename to answer_claim_away");
        try {
            assertThat(ask(plain("one"), RETRIES, "0").statusCode()).isGreaterThanOrEqualTo(500);
        } finally {
            execute("alter table answer_claim_away rename to answer_claim");
        }

        assertThat(ask(plain("one"), RETRIES, "0").statusCode()).isEqualTo(200);
        assertThat(claims("true")).isEqualTo(1);
    }

    @Test
    void whoLeftBeforeAFirstTryWasClaimedLeavesNothingClaimed() throws SQLException {
        try (Connection holder = database.getConnection()) {
            holder.setAutoCommit(false);
            try (Statement lock = holder.createStatement()) {
                lock.execute("lock table answer_claim in exclusive mode");
                leaving(stream("one"), RETRIES + ": 0", this::somebodyWaitsForTheTable);
                pause(Duration.ofMillis(200));
            } finally {
                holder.rollback();
                holder.setAutoCommit(true);
            }
        }

        assertThat(ask(stream("two"), RETRIES, "0").statusCode()).isEqualTo(200);
        eventually(() -> claims("true") == 1);
    }

    @Test
    void withoutAKeyEveryRequestIsANewOneAndNothingIsKept() {
        assertThat(id(ask(plain("one")))).isNotEqualTo(id(ask(plain("one"))));
        assertThat(claims("true")).isZero();
    }

    @Test
    void aClaimIsHeldAsLongAsItsCallRunsAndNoLongerThanItsReplicaLives() {
        behave("{\"between_tokens\":\"100ms\",\"tokens\":60}");
        CompletableFuture<HttpResponse<String>> first =
                CompletableFuture.supplyAsync(() -> ask(plain("one"), KEY, "k"));
        eventually(() -> !providerCalls().isEmpty());
        set("lease_until = now()");
        eventually(() -> claims("lease_until > now() + interval '10 seconds'") == 1);
        assertThat(first.join().statusCode()).isEqualTo(200);

        set(UNANSWERED);
        assertRefused(ask(plain("one"), KEY, "k"), 409, "idempotency_in_progress");
        set("lease_until = now()");
        behave("{}");
        assertThat(ask(plain("one"), KEY, "k").statusCode()).isEqualTo(200);
    }

    @Test
    void anAnswerIsGivenAgainForADayAndToAnOfficialClientForTenMinutes() {
        ask(plain("one"), KEY, "k");
        ask(plain("one"), RETRIES, "0");
        assertThat(
                        claims(
                                "name like 'key:%' and expires_at - created_at > interval '1439 minutes'"))
                .isEqualTo(1);
        assertThat(
                        claims(
                                "name like 'first:%' and expires_at - created_at < interval '11 minutes'"))
                .isEqualTo(1);

        forgetAnswers.handle();
        assertThat(claims("true")).isEqualTo(2);
        assertThat(texts()).isEqualTo(2);
        set("expires_at = now()");
        assertThat(ask(plain("two"), KEY, "k").statusCode()).isEqualTo(200);
        forgetAnswers.handle();
        assertThat(claims("true")).isEqualTo(1);
        assertThat(texts()).isEqualTo(1);
    }

    @Test
    void aKeyHasABoundedLength() {
        assertRefused(ask(plain("one"), KEY, "k".repeat(256)), 400, "invalid_request", KEY);
        assertThat(totals().get("calls").asInt()).isZero();
        assertThat(ask(plain("one"), KEY, "k".repeat(255)).statusCode()).isEqualTo(200);
    }

    private void assertCalledOnce() {
        assertThat(totals().get("calls").asInt()).isEqualTo(1);
        assertThat(onlyUsageRecord().get("organization").asText()).isEqualTo(organization);
    }

    private int texts() {
        return Integer.parseInt(
                committed(
                                "select count(*) from payload where organization_id = '"
                                        + organization
                                        + "'")
                        .getFirst());
    }

    private void set(String columns) {
        execute(
                "update answer_claim set "
                        + columns
                        + " where organization_id = '"
                        + organization
                        + "'");
    }

    private int claims(String condition) {
        return Integer.parseInt(
                committed(
                                "select count(*) from answer_claim where organization_id = '"
                                        + organization
                                        + "' and "
                                        + condition)
                        .getFirst());
    }

    private HttpResponse<String> ask(String body, String... headers) {
        return askAs(person, body, headers);
    }

    private HttpResponse<String> askAs(TokenClaims caller, String body, String... headers) {
        HttpRequest.Builder request =
                to("/v1/chat/completions")
                        .header("authorization", "Bearer " + IdentityPeer.clientToken(caller))
                        .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }

    private static String plain(String question) {
        return "{\"model\":\"simulated\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + question
                + "\"}]}";
    }

    private static String stream(String question) {
        return plain(question)
                .replace(
                        "\"messages\"",
                        "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\"");
    }

    private static String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static String id(HttpResponse<String> answer) {
        return json(answer).get("id").asText();
    }

    private static String text(HttpResponse<String> stream) {
        StringBuilder text = new StringBuilder();
        for (String event : events(stream)) {
            if (!event.equals("[DONE]")) {
                JsonNode delta = json(event).at("/choices/0/delta/content");
                text.append(delta.asText(""));
            }
        }
        return text.toString();
    }
}
