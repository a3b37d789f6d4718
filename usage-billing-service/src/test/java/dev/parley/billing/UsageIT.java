package dev.parley.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.billing.app.quota.SettleExpiredReservations;
import dev.parley.testing.peers.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UsageIT extends ServiceIT {
    private static final Path EXAMPLE =
            Path.of("contracts/events/dev.parley.billing.usage_priced.v1.example.json");

    @Inject Topics topics;
    @Inject Database database;
    @Inject SettleExpiredReservations settleExpired;

    private final String organization = id("org_");
    private final TokenClaims user = userOf(organization);

    @Test
    void chargesWhatWasUsedAndGivesTheRestBack() {
        String reservation = reserve(user, reservationBody()).extract().path("id");
        UsageFixture usage = used(reservation).with("cached_input_tokens", 8);
        topics.send(UsageFixture.TOPIC, UsageFixture.TYPE, usage.json());

        awaitEntries(usage.call(), 1);
        // 4 × 0.5 + 8 × 0.125 + 34 × 1.5 micro-dollars
        assertThat(entries(usage.call()))
                .containsExactly(List.of("USAGE", 1L, 12L, 8L, 34L, false, "simulated", 1, 54L));
        assertThat(tokensUsedToday()).isEqualTo(46);
        as(user).get("/v1/usage/summary?by=model&period=day")
                .then()
                .statusCode(200)
                .body("object", equalTo("list"))
                .body("data", hasSize(1))
                .body("data[0].key", equalTo("simulated"))
                .body("data[0].requests", equalTo(1))
                .body("data[0].input_tokens", equalTo(12))
                .body("data[0].cached_tokens", equalTo(8))
                .body("data[0].output_tokens", equalTo(34))
                .body("data[0].cost.amount", equalTo(54))
                .body("data[0].cost.currency", equalTo("USD"));
    }

    @Test
    void announcesTheCostAsTheContractSays() throws IOException {
        String reservation = reserve(user, reservationBody()).extract().path("id");
        String conversation = id("conv_");
        UsageFixture usage = used(reservation).with("conversation", conversation);
        topics.send(UsageFixture.TOPIC, UsageFixture.TYPE, usage.json());

        ConsumerRecord<String, String> event =
                topics.await("parley.billing", record -> record.value().contains(usage.call()));

        ObjectMapper json = new ObjectMapper();
        JsonNode data = json.readTree(event.value());
        JsonNode example = json.readTree(Files.readString(EXAMPLE));
        assertThat(names(data)).containsExactlyElementsOf(names(example));
        assertThat(names(data.get("cost"))).containsExactlyElementsOf(names(example.get("cost")));
        assertThat(data.get("conversation").asText()).isEqualTo(conversation);
        assertThat(data.get("cost").get("amount").asLong()).isEqualTo(57);
        assertThat(event.key()).isEqualTo(organization);
        assertThat(Topics.header(event, "ce_type")).isEqualTo("dev.parley.billing.usage_priced.v1");
        assertThat(Topics.header(event, "traceparent"))
                .startsWith("00-0123456789abcdef0123456789abcdef-");
    }

    @Test
    void theSameEventIsChargedOnce() {
        String reservation = reserve(user, reservationBody()).extract().path("id");
        UsageFixture usage = used(reservation);
        String event = UUID.randomUUID().toString();
        for (int i = 0; i < 3; i++) {
            topics.send(UsageFixture.TOPIC, event, UsageFixture.TYPE, usage.json());
        }
        awaitLaterEvent();

        assertThat(entries(usage.call())).hasSize(1);
        assertThat(tokensUsedToday()).isEqualTo(46);
    }

    @Test
    void eachAttemptIsChargedAndTheCallCountsOnce() {
        String reservation = reserve(user, reservationBody()).extract().path("id");
        UsageFixture first = used(reservation);
        UsageFixture second = first.with("attempt", 2).with("output_tokens", 6);
        topics.send(UsageFixture.TOPIC, UsageFixture.TYPE, first.json());
        topics.send(UsageFixture.TOPIC, UsageFixture.TYPE, second.json());

        awaitEntries(first.call(), 2);
        assertThat(tokensUsedToday()).isEqualTo(46 + 18);
        as(user).get("/v1/usage/summary?by=user&period=month")
                .then()
                .body("data.key", contains(user.subject()))
                .body("data[0].requests", equalTo(1))
                .body("data[0].output_tokens", equalTo(40));
    }

    @Test
    void usageWithoutAReservationIsChargedAllTheSame() {
        UsageFixture usage = used(id("rsv_"));
        topics.send(UsageFixture.TOPIC, UsageFixture.TYPE, usage.json());

        awaitEntries(usage.call(), 1);
    }

    @Test
    void anEstimateOfTheGatewayIsNeverAboveTheReservation() {
        String reservation = reserve(user, reservationBody()).extract().path("id");
        UsageFixture usage = used(reservation).with("estimated", true).with("output_tokens", 99);
        topics.send(UsageFixture.TOPIC, UsageFixture.TYPE, usage.json());

        awaitEntries(usage.call(), 1);
        assertThat(entries(usage.call()).getFirst().subList(0, 6))
                .containsExactly("USAGE", 1L, 12L, 0L, 50L, true);
    }

    @Test
    void anExpiredReservationIsSettledAtItsLastProgressAndCorrectedByItsRecord() {
        Map<String, ?> body = reservationBody();
        String reservation = reserve(user, body).extract().path("id");
        asGateway()
                .body(Map.of("calls", List.of(ReservationIT.progress(reservation, 12, 20))))
                .post("/internal/reservations/progress")
                .then()
                .statusCode(200);
        String call = String.valueOf(body.get("call"));

        sweep();
        sweep();

        assertThat(entries(call))
                .containsExactly(List.of("ESTIMATE", 1L, 12L, 0L, 20L, true, "simulated", 1, 36L));
        assertThat(tokensUsedToday()).isEqualTo(32);

        UsageFixture usage = used(reservation).with("call", call);
        topics.send(UsageFixture.TOPIC, UsageFixture.TYPE, usage.json());
        awaitEntries(call, 3);

        assertThat(entries(call))
                .containsExactly(
                        List.of("ESTIMATE", 1L, 12L, 0L, 20L, true, "simulated", 1, 36L),
                        List.of("REVERSAL", -1L, -12L, 0L, -20L, true, "simulated", 1, -36L),
                        List.of("USAGE", 1L, 12L, 0L, 34L, false, "simulated", 1, 57L));
        assertThat(tokensUsedToday()).isEqualTo(46);
        as(user).get("/v1/usage/summary?by=model&period=all")
                .then()
                .body("data[0].requests", equalTo(1))
                .body("data[0].output_tokens", equalTo(34))
                .body("data[0].cost.amount", equalTo(57));
    }

    @Test
    void anEstimateNamesTheConversationAndTheResponseThatTheReservationNamed() {
        Map<String, Object> body = new HashMap<>(reservationBody("purpose", "turn"));
        String conversation = id("conv_");
        String response = id("resp_");
        body.put("conversation", conversation);
        body.put("response", response);
        String reservation = reserve(user, body).statusCode(200).extract().path("id");
        asGateway()
                .body(Map.of("calls", List.of(ReservationIT.progress(reservation, 12, 20))))
                .post("/internal/reservations/progress");

        sweep();

        String call = String.valueOf(body.get("call"));
        assertThat(
                        database.rows(
                                "select kind, conversation from ledger_entry where call = ?", call))
                .containsExactly(List.of("ESTIMATE", conversation));
        String priced =
                topics.await("parley.billing", event -> event.value().contains(call)).value();
        assertThat(priced).contains(conversation).contains(response);

        UsageFixture usage =
                used(reservation)
                        .with("call", call)
                        .with("conversation", conversation)
                        .with("response", response);
        topics.send(UsageFixture.TOPIC, UsageFixture.TYPE, usage.json());
        String corrected =
                topics.await(
                                "parley.billing",
                                event ->
                                        event.value().contains(call)
                                                && event.value().contains("\"estimated\":false"))
                        .value();
        assertThat(corrected)
                .contains("\"cost\":{\"amount\":57,\"currency\":\"USD\"}")
                .contains("\"replaced_cost\":{\"amount\":36,\"currency\":\"USD\"}");
    }

    @Test
    void anExpiredReservationThatReachedNoProviderIsReleasedAndLateUsageCounts() {
        Map<String, ?> body = reservationBody();
        String reservation = reserve(user, body).extract().path("id");

        sweep();

        assertThat(tokensUsedToday()).isZero();
        UsageFixture usage = used(reservation);
        topics.send(UsageFixture.TOPIC, UsageFixture.TYPE, usage.json());
        awaitEntries(usage.call(), 1);
        assertThat(tokensUsedToday()).isEqualTo(46);
    }

    @Test
    void aRenewedLeaseIsNotSwept() throws SQLException {
        String reservation = reserve(user, reservationBody()).extract().path("id");
        database.execute(
                "update reservation set lease_until = lease_until - interval '5 seconds' where"
                        + " organization_id = ?",
                organization);
        Instant firstEnd = leaseEnd();
        asGateway()
                .body(Map.of("calls", List.of(ReservationIT.progress(reservation, 12, 20))))
                .post("/internal/reservations/progress")
                .then()
                .statusCode(200);

        sweepAt(firstEnd.plusSeconds(1));
        assertThat(stateOf(organization)).isEqualTo("OPEN");

        sweepAt(leaseEnd().plusSeconds(1));
        assertThat(stateOf(organization)).isEqualTo("ESTIMATED");
    }

    @Test
    void whatCannotBeReadIsParkedWithTheReasonAndTheRestGoesOn() {
        String mark = id("");
        topics.send(
                UsageFixture.TOPIC, "not-an-id", UsageFixture.TYPE, "{\"a\":\"" + mark + "1\"}");
        topics.send(UsageFixture.TOPIC, "dev.parley.unheard.of.v1", "{\"a\":\"" + mark + "2\"}");
        topics.send(UsageFixture.TOPIC, UsageFixture.TYPE, "{\"a\":\"" + mark + "3\"");
        topics.send(
                UsageFixture.TOPIC,
                UsageFixture.TYPE,
                used(id("rsv_")).with("input_tokens", -1).with("finish", mark + "4").json());
        UUID nothing = topics.send(UsageFixture.TOPIC, UsageFixture.TYPE, "null");
        awaitLaterEvent();

        assertThat(topics.reasonOf(UsageFixture.TOPIC, nothing)).isEqualTo("unreadable_data");
        assertThat(reasonOf(mark + "1")).isEqualTo("no_event_id");
        assertThat(reasonOf(mark + "2")).isEqualTo("unknown_type");
        assertThat(reasonOf(mark + "3")).isEqualTo("unreadable_data");
        assertThat(reasonOf(mark + "4")).isEqualTo("unreadable_data");
    }

    @Test
    void aPersonSeesTheirOwnUsageAndAnAdministratorEverybodys() {
        TokenClaims other = userOf(organization);
        UsageFixture usage = used(id("rsv_"));
        UsageFixture others = UsageFixture.of(organization, other.subject(), id("rsv_"));
        topics.send(UsageFixture.TOPIC, UsageFixture.TYPE, usage.json());
        topics.send(UsageFixture.TOPIC, UsageFixture.TYPE, others.json());
        awaitEntries(usage.call(), 1);
        awaitEntries(others.call(), 1);

        as(user).get("/v1/usage/summary?by=user").then().body("data.key", contains(user.subject()));
        as(user.withRoles("admin"))
                .get("/v1/usage/summary?by=user")
                .then()
                .body("data", hasSize(2));
        as(userOf(id("org_")).withRoles("admin"))
                .get("/v1/usage/summary?by=user")
                .then()
                .body("data", hasSize(0));
    }

    private UsageFixture used(String reservation) {
        return UsageFixture.of(organization, user.subject(), reservation);
    }

    private void sweep() {
        sweepAt(Instant.now().plus(Duration.ofSeconds(11)));
    }

    /** Other tests' reservations may be in the way: until nothing is left. */
    private void sweepAt(Instant now) {
        await(() -> !settleExpired.handle(now));
    }

    private Instant leaseEnd() {
        return Instant.ofEpochMilli(
                database.number(
                        "select (extract(epoch from lease_until) * 1000)::bigint from reservation"
                                + " where organization_id = ?",
                        organization));
    }

    private Object stateOf(String of) {
        return database.rows("select state from reservation where organization_id = ?", of)
                .getFirst()
                .getFirst();
    }

    private List<List<Object>> entries(String call) {
        return database.rows(
                """
                select kind, requests, input_tokens, cached_input_tokens, output_tokens, estimated,
                       priced_model, price_version, cost_micros
                from ledger_entry
                where call = ?
                order by id
                """,
                call);
    }

    private void awaitEntries(String call, int count) {
        await(() -> entries(call).size() >= count);
        assertThat(entries(call)).hasSize(count);
    }

    /** Everything sent before is consumed once an event sent now is. */
    private void awaitLaterEvent() {
        UsageFixture last = UsageFixture.of(id("org_"), id("user_"), id("rsv_"));
        topics.send(UsageFixture.TOPIC, UsageFixture.TYPE, last.json());
        awaitEntries(last.call(), 1);
    }

    private String reasonOf(String mark) {
        return Topics.header(
                topics.await("parley.usage.dlq", record -> record.value().contains(mark)),
                "parley-dlq-reason");
    }

    private long tokensUsedToday() {
        return as(user).get("/v1/limits")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("data.find { it.name == 'tokens_per_day' }.used");
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
