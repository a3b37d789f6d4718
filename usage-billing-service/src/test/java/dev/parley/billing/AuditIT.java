package dev.parley.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.testing.peers.EventContract;
import dev.parley.testing.peers.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What other services tell is on record, once, and shows when someone changes it. */
@QuarkusTest
class AuditIT extends ServiceIT {
    @Inject Topics topics;
    @Inject Database database;

    private final String organization = id("org_");
    private final String alice = id("user_");
    private final TokenClaims auditor =
            TokenClaims.client(id("user_"), organization)
                    .withRoles("auditor")
                    .withScopes("usage:read", "audit:read");

    @Test
    void recordsADeedOnceWithAllThatIsKnown() {
        AuditFixture deed = AuditFixture.of(organization, alice).with("conversation", "conv_1");
        UUID event = topics.send(AuditFixture.TOPIC, AuditFixture.TYPE, deed.json());
        topics.send(AuditFixture.TOPIC, event.toString(), AuditFixture.TYPE, deed.json());
        tell(deed.with("action", "api_key.create"));
        awaitRecords(2);

        as(auditor)
                .get("/v1/audit/events?order=asc")
                .then()
                .statusCode(200)
                .body("object", equalTo("list"))
                .body("has_more", equalTo(false))
                .body("data", hasSize(2))
                .body("data[0].id", equalTo("evt_" + event.toString().replace("-", "")))
                .body("data[0].object", equalTo("audit.event"))
                .body("data[0].organization", equalTo(organization))
                .body("data[0].actor", equalTo(alice))
                .body("data[0].client", equalTo("parley"))
                .body("data[0].action", equalTo("api_key.revoke"))
                .body("data[0].resource.type", equalTo("api_key"))
                .body("data[0].outcome", equalTo("allowed"))
                .body("data[0].code", nullValue())
                .body("data[0].conversation", equalTo("conv_1"))
                .body("data[0].request_id", equalTo("req_0123456789abcdef"))
                .body("data[0].trace_id", equalTo("0123456789abcdef0123456789abcdef"))
                .body("data[0].position", equalTo(1))
                .body("data[1].position", equalTo(2));
        assertThat(recordsOf(organization)).isEqualTo(2);
        verify().body("intact", equalTo(true)).body("records", equalTo(2));
    }

    @Test
    void findsByActorActionResourceConversationAndTrace() {
        AuditFixture deed = AuditFixture.of(organization, alice);
        UUID refused =
                tell(
                        deed.with("outcome", "refused")
                                .with("code", "rate_limited")
                                .with("occurrences", 17)
                                .with("action", "generation.create")
                                .with("resource_type", "generation")
                                .with("resource_id", null)
                                .with("actor", "user_bob")
                                .with("conversation", "conv_2")
                                .with("trace", "fedcba9876543210fedcba9876543210"));
        tell(deed);
        awaitRecords(2);

        for (String filter :
                List.of(
                        "actor=user_bob",
                        "action=generation.create",
                        "resource=generation",
                        "conversation=conv_2",
                        "trace=fedcba9876543210fedcba9876543210")) {
            as(auditor)
                    .get("/v1/audit/events?" + filter)
                    .then()
                    .statusCode(200)
                    .body("data.id", contains("evt_" + refused.toString().replace("-", "")))
                    .body("data[0].outcome", equalTo("refused"))
                    .body("data[0].code", equalTo("rate_limited"))
                    .body("data[0].occurrences", equalTo(17));
        }
        as(auditor)
                .get("/v1/audit/events?action=generation.create&actor=" + alice)
                .then()
                .body("data", hasSize(0))
                .body("first_id", nullValue());
        as(auditor)
                .get("/v1/audit/events?resource=" + deed.data().get("resource_id"))
                .then()
                .body("data", hasSize(1));
    }

    @Test
    void pagesInBothDirections() {
        for (int i = 0; i < 5; i++) {
            tell(AuditFixture.of(organization, alice));
        }
        awaitRecords(5);

        JsonPath first = page("limit=2");
        assertThat(first.getList("data.position", Integer.class)).containsExactly(5, 4);
        assertThat(first.getBoolean("has_more")).isTrue();
        JsonPath second = page("limit=2&after=" + first.getString("last_id"));
        assertThat(second.getList("data.position", Integer.class)).containsExactly(3, 2);
        JsonPath back = page("limit=2&before=" + second.getString("first_id"));
        assertThat(back.getList("data.position", Integer.class)).containsExactly(5, 4);
        assertThat(back.getBoolean("has_more")).isFalse();
        JsonPath last = page("limit=2&order=asc&after=" + second.getString("first_id"));
        assertThat(last.getList("data.position", Integer.class)).containsExactly(4, 5);
        assertThat(last.getBoolean("has_more")).isFalse();
        as(auditor)
                .get("/v1/audit/events?after=nonsense")
                .then()
                .statusCode(400)
                .body("error.param", equalTo("after"));
    }

    @Test
    void opensToAuditorsOfTheOrganizationAndToTheOperator() {
        tell(AuditFixture.of(organization, alice));
        awaitRecords(1);

        for (String path : List.of("/v1/audit/events", "/v1/audit/verify")) {
            as(userOf(organization)).get(path).then().statusCode(403);
            as(auditor).get(path + "?organization=" + id("org_")).then().statusCode(403);
            as(auditor).get(path + "?organization=" + organization).then().statusCode(200);
            as(operator()).get(path + "?organization=" + organization).then().statusCode(200);
        }
        as(operator())
                .get("/v1/audit/events?action=api_key.revoke&organization=" + organization)
                .then()
                .body("data", hasSize(1));
        as(auditor)
                .get("/v1/audit/events?organization=nonsense")
                .then()
                .statusCode(400)
                .body("error.param", equalTo("organization"));
    }

    @Test
    void letsNobodyChangeARecord() {
        tell(AuditFixture.of(organization, alice));
        awaitRecords(1);

        assertThatThrownBy(
                        () ->
                                database.execute(
                                        "update audit_record set action = 'x' where"
                                                + " organization_id = ?",
                                        organization))
                .hasMessageContaining("append-only");
        assertThatThrownBy(
                        () ->
                                database.execute(
                                        "delete from audit_record where organization_id = ?",
                                        organization))
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> database.execute("truncate audit_record"))
                .hasMessageContaining("append-only");
    }

    @Test
    void namesTheRecordThatSomeoneChanged() throws SQLException {
        List<UUID> told = tellThree();
        tamper("update audit_record set actor = 'user_eve' where event_id = ?", told.get(1));

        verify().body("intact", equalTo(false))
                .body("records", equalTo(1))
                .body("broken.position", equalTo(2))
                .body("broken.event", equalTo("evt_" + told.get(1).toString().replace("-", "")))
                .body("broken.fault", equalTo("altered"));
    }

    @Test
    void namesARecordThatNoServiceCouldHaveTold() throws SQLException {
        List<UUID> told = tellThree();
        tamper("update audit_record set action = 'it was me' where event_id = ?", told.get(2));

        verify().body("intact", equalTo(false))
                .body("broken.position", equalTo(3))
                .body("broken.fault", equalTo("altered"));
        as(auditor).get("/v1/audit/events").then().statusCode(200).body("data", hasSize(2));
    }

    @Test
    void namesAGap() throws SQLException {
        List<UUID> told = tellThree();
        tamper("delete from audit_record where event_id = ?", told.get(1));

        verify().body("intact", equalTo(false))
                .body("broken.position", equalTo(2))
                .body("broken.event", nullValue())
                .body("broken.fault", equalTo("missing"));
    }

    @Test
    void noticesATailThatWasCutOffTogetherWithTheChainsOwnHead() throws SQLException {
        List<UUID> told = tellThree();
        await(() -> signedPosition() == 3);
        verify().body("intact", equalTo(true))
                .body("signed_head.position", equalTo(3))
                .body("signed_head.signature", notNullValue());

        tamper("delete from audit_record where event_id = ?", told.get(2));
        database.execute(
                """
                update audit_chain set position = 2, signed_position = 2,
                    hash = (select hash from audit_record
                            where organization_id = audit_chain.organization_id and position = 2)
                where organization_id = ?
                """,
                organization);

        verify().body("intact", equalTo(false))
                .body("records", equalTo(2))
                .body("broken.position", equalTo(3))
                .body("broken.fault", equalTo("cut_off"));

        tell(AuditFixture.of(organization, alice));
        awaitRecords(3);
        verify().body("intact", equalTo(false)).body("broken.fault", equalTo("rewritten"));
    }

    @Test
    void readsOnBehindWhatIsNoSignedHead() {
        topics.send("parley.audit.heads", "dev.parley.billing.audit_head_signed.v1", "null");
        tellThree();

        await(() -> signedPosition() == 3);
        tell(AuditFixture.of(organization, alice));
        await(() -> signedPosition() == 4);
        assertThat(signedPosition()).isEqualTo(4);
    }

    @Test
    void parksWhatItCannotRead() {
        String one = AuditFixture.of(organization, alice).json();
        topics.send(AuditFixture.TOPIC, "not-an-id", AuditFixture.TYPE, one);
        assertThat(parked(one)).isEqualTo("no_event_id");

        String two = AuditFixture.of(organization, alice).json();
        topics.send(AuditFixture.TOPIC, "dev.parley.identity.something_else.v1", two);
        assertThat(parked(two)).isEqualTo("unknown_type");

        String three =
                AuditFixture.of(organization, alice).with("action", "a whole sentence").json();
        topics.send(AuditFixture.TOPIC, AuditFixture.TYPE, three);
        assertThat(parked(three)).isEqualTo("unreadable_data");

        UUID nothing = topics.send(AuditFixture.TOPIC, AuditFixture.TYPE, "null");
        assertThat(topics.reasonOf(AuditFixture.TOPIC, nothing)).isEqualTo("unreadable_data");
        assertThat(recordsOf(organization)).isZero();

        tell(AuditFixture.of(organization, alice));
        awaitRecords(1);
    }

    @Test
    void recordsItsOwnDeedsAndRefusalsLikeEverybodys() {
        subscribe(organization, "free");
        for (int i = 0; i < 3; i++) {
            reserve(TokenClaims.client(alice, organization), reservationBody("tier", "premium"))
                    .statusCode(403)
                    .body("error.code", equalTo("model_not_in_plan"));
        }
        await(() -> occurrencesOf(organization, "model_not_in_plan") >= 1);

        as(auditor)
                .get("/v1/audit/events?action=subscription.change")
                .then()
                .body("data", hasSize(1))
                .body("data[0].service", equalTo("usage-billing-service"))
                .body("data[0].resource.id", equalTo(organization));
        as(auditor)
                .get("/v1/audit/events?action=reservation.create")
                .then()
                .body("data[0].actor", equalTo(alice))
                .body("data[0].code", equalTo("model_not_in_plan"))
                .body("data[0].request_id", notNullValue());
    }

    @Test
    void publishesWhatItsContractsSay() {
        subscribe(organization, "pro");
        String own = published("parley.audit");
        assertThat(EventContract.own("dev.parley.billing.audit_recorded.v1").faultsOf(own))
                .isEmpty();
        String head = published("parley.audit.heads");
        assertThat(EventContract.own("dev.parley.billing.audit_head_signed.v1").faultsOf(head))
                .isEmpty();
    }

    private String published(String topic) {
        return topics.await(topic, record -> record.value().contains(organization)).value();
    }

    private List<UUID> tellThree() {
        List<UUID> told =
                List.of(
                        tell(AuditFixture.of(organization, alice)),
                        tell(AuditFixture.of(organization, alice)),
                        tell(AuditFixture.of(organization, alice)));
        awaitRecords(3);
        return told;
    }

    private UUID tell(AuditFixture deed) {
        return topics.send(AuditFixture.TOPIC, AuditFixture.TYPE, deed.json());
    }

    private String parked(String json) {
        ConsumerRecord<String, String> record =
                topics.await(AuditFixture.TOPIC + ".dlq", it -> it.value().equals(json));
        return Topics.header(record, "parley-dlq-reason");
    }

    private void awaitRecords(long count) {
        await(() -> recordsOf(organization) >= count);
        assertThat(recordsOf(organization)).isEqualTo(count);
    }

    private long recordsOf(String of) {
        return database.number("select count(*) from audit_record where organization_id = ?", of);
    }

    private long occurrencesOf(String of, String code) {
        return database.number(
                """
                select coalesce(sum(occurrences), 0) from audit_record
                where organization_id = ? and refusal = ?
                """,
                of,
                code);
    }

    private int signedPosition() {
        Integer position =
                as(auditor).get("/v1/audit/verify").jsonPath().get("signed_head.position");
        return position == null ? 0 : position;
    }

    private io.restassured.response.ValidatableResponse verify() {
        return as(auditor).get("/v1/audit/verify").then().statusCode(200);
    }

    private JsonPath page(String query) {
        return as(auditor)
                .get("/v1/audit/events?" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static TokenClaims operator() {
        return TokenClaims.client(id("svc_"), id("org_"))
                .withRoles("operator")
                .withScopes("operate", "audit:read");
    }

    /** What the owner of the database can do, and no service does. */
    private void tamper(String sql, UUID event) throws SQLException {
        database.execute("alter table audit_record disable trigger audit_record_append_only");
        try {
            database.execute(sql, event);
        } finally {
            database.execute("alter table audit_record enable trigger audit_record_append_only");
        }
    }
}
