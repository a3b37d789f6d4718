package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CostIT extends Service {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final Person person = new Person();

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Test
    void showsWhatATurnCostOncePerEvent() throws Exception {
        GatewayPeer.plays(GatewayPeer.saying("One"));
        String id = person.turn("{\"model\":\"simulated\",\"input\":\"1\"}").path("id");
        String event = UUID.randomUUID().toString();
        price(event, id, "gen_1", 100, 7, 1, false);
        price(event, id, "gen_1", 100, 7, 1, false);
        price(UUID.randomUUID().toString(), id, "gen_2", 23, 5, 3, false);
        JsonPath turn =
                until(
                        id,
                        path ->
                                path.get("parley.cost") != null
                                        && path.getInt("parley.cost.amount") >= 123);
        assertThat(turn.getInt("parley.cost.amount")).isEqualTo(123);
        assertThat(turn.getString("parley.cost.currency")).isEqualTo("USD");
        assertThat(turn.getInt("usage.input_tokens")).isEqualTo(12);
        assertThat(turn.getInt("usage.output_tokens")).isEqualTo(4);
    }

    @Test
    void replacesAnEstimateByWhatWasCharged() throws Exception {
        GatewayPeer.plays(answer -> answer.admitted().delta("Half"));
        person.turn("{\"model\":\"simulated\",\"input\":\"1\"}").then().statusCode(502);
        String id =
                "resp_"
                        + Rows.text(
                                "SELECT replace(id::text, '-', '') FROM response WHERE owner_id = ?",
                                person.subject);
        JsonPath guessed = person.asks().get("/v1/responses/" + id).jsonPath();
        assertThat(guessed.getBoolean("parley.estimated")).isTrue();
        assertThat(guessed.getInt("usage.input_tokens")).isNotEqualTo(321);

        price(UUID.randomUUID().toString(), id, "gen_1", 90, 300, 30, true);
        JsonPath estimate = until(id, path -> path.getInt("usage.input_tokens") == 300);
        assertThat(estimate.getBoolean("parley.estimated")).isTrue();
        assertThat(estimate.getInt("parley.cost.amount")).isEqualTo(90);

        price(UUID.randomUUID().toString(), id, "gen_1", 100, 321, 45, false);
        JsonPath charged = until(id, path -> path.getInt("usage.input_tokens") == 321);
        assertThat(charged.getInt("usage.output_tokens")).isEqualTo(45);
        assertThat(charged.getInt("parley.cost.amount")).isEqualTo(100);
        assertThat(charged.getBoolean("parley.estimated")).isFalse();

        price(UUID.randomUUID().toString(), id, "gen_2", 11, 9, 5, false);
        JsonPath both = until(id, path -> path.getInt("parley.cost.amount") == 111);
        assertThat(both.getInt("usage.input_tokens")).isEqualTo(330);
        assertThat(both.getInt("usage.output_tokens")).isEqualTo(50);
    }

    @Test
    void keepsWhatWasChargedBeforeTheTurnEndedRatherThanItsOwnGuess() throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        GatewayPeer.plays(
                answer -> {
                    answer.admitted().delta("Half");
                    rest.await(10, TimeUnit.SECONDS);
                });
        try (OpenStream stream =
                OpenStream.post(
                        person, "{\"model\":\"simulated\",\"input\":\"1\",\"stream\":true}")) {
            stream.until("response.output_text.delta");
            String id = stream.responseId();
            price(UUID.randomUUID().toString(), id, "gen_1", 100, 321, 45, false);
            until(id, path -> path.get("parley.cost") != null);
            rest.countDown();
            stream.toTheEnd();
            JsonPath turn = person.asks().get("/v1/responses/" + id).jsonPath();
            assertThat(turn.getInt("usage.input_tokens")).isEqualTo(321);
            assertThat(turn.getInt("usage.output_tokens")).isEqualTo(45);
            assertThat(turn.getBoolean("parley.estimated")).isFalse();
        }
    }

    @Test
    void parksWhatItCannotRead() throws Exception {
        String broken = "{\"broken\":\"" + hex() + "\"";
        String event = UUID.randomUUID().toString();
        send(event, "dev.parley.billing.usage_priced.v1", broken);
        ConsumerRecord<String, String> parked =
                await("parley.billing.dlq", record -> broken.equals(record.value()));
        assertThat(parked.headers().lastHeader("parley-dlq-reason")).isNotNull();
        assertThat(lineAbout(event).path("trace_id").asText()).isEqualTo(TRACE);
    }

    /** What the line tells that says that the event was parked. */
    private static JsonNode lineAbout(String event) throws InterruptedException {
        return LogLines.own()
                .await(
                        line ->
                                line.path("message").asText().startsWith("parked")
                                        && line.at("/mdc/event_id").asText().equals(event))
                .path("mdc");
    }

    @Test
    void parksWhatCannotBeKeptAndGoesOn() throws Exception {
        GatewayPeer.plays(GatewayPeer.saying("One"));
        String id = person.turn("{\"model\":\"simulated\",\"input\":\"1\"}").path("id");
        String call = "gen_" + hex();
        // No text of the database holds a NUL.
        price("a\0b", id, call, 100, 7, 1, false);
        price(UUID.randomUUID().toString(), id, "gen_1", 23, 7, 1, false);
        JsonPath turn = until(id, path -> path.get("parley.cost") != null);
        assertThat(turn.getInt("parley.cost.amount")).isEqualTo(23);
        ConsumerRecord<String, String> parked =
                await("parley.billing.dlq", record -> record.value().contains(call));
        assertThat(header(parked, "parley-dlq-reason")).isEqualTo("unrecordable");
        JsonNode line = lineAbout("a\0b");
        assertThat(line.path("response_id").asText()).isEqualTo(id);
        assertThat(line.path("trace_id").asText()).isEqualTo(TRACE);
    }

    @Test
    void announcesThatATurnHasFinished() throws Exception {
        GatewayPeer.plays(GatewayPeer.saying("One"));
        JsonPath turn = person.turn("{\"model\":\"simulated\",\"input\":\"a secret\"}").jsonPath();
        String id = turn.getString("id");
        ConsumerRecord<String, String> event =
                await("parley.conversation", record -> record.value().contains(id));
        assertThat(header(event, "ce_type"))
                .isEqualTo("dev.parley.conversation.response_finished.v1");
        assertThat(event.key()).isEqualTo(turn.getString("conversation.id"));
        JsonNode data = new ObjectMapper().readTree(event.value());
        assertThat(data.path("status").asText()).isEqualTo("completed");
        assertThat(data.path("subject").asText()).isEqualTo(person.subject);
        assertThat(event.value()).doesNotContain("secret").doesNotContain("One");
    }

    private void price(
            String event,
            String response,
            String call,
            int amount,
            int input,
            int output,
            boolean estimated)
            throws Exception {
        send(
                event,
                "dev.parley.billing.usage_priced.v1",
                """
                {"call":"%s","organization":"%s","conversation":null,"response":"%s",
                 "ledger_entry":"x","input_tokens":%d,"output_tokens":%d,"estimated":%b,
                 "cost":{"amount":%d,"currency":"USD"},"price_version":1,"later":"ignored"}
                """
                        .formatted(
                                call,
                                person.organization,
                                response,
                                input,
                                output,
                                estimated,
                                amount));
    }

    private void send(String id, String type, String data) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka),
                        new StringSerializer(),
                        new StringSerializer())) {
            ProducerRecord<String, String> record =
                    new ProducerRecord<>("parley.billing", person.organization, data);
            record.headers().add("ce_id", id.getBytes(StandardCharsets.UTF_8));
            record.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
            record.headers()
                    .add(
                            "traceparent",
                            ("00-" + TRACE + "-b7ad6b7169203331-01")
                                    .getBytes(StandardCharsets.UTF_8));
            producer.send(record).get(10, TimeUnit.SECONDS);
        }
    }

    private ConsumerRecord<String, String> await(
            String topic, Predicate<ConsumerRecord<String, String>> wanted) {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                kafka,
                                "group.id",
                                "test-" + hex(),
                                "auto.offset.reset",
                                "earliest"),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            long giveUp = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (System.nanoTime() < giveUp) {
                for (ConsumerRecord<String, String> record :
                        consumer.poll(Duration.ofMillis(200))) {
                    if (wanted.test(record)) {
                        return record;
                    }
                }
            }
        }
        throw new AssertionError("nothing came on " + topic);
    }

    private static String header(ConsumerRecord<String, String> event, String name) {
        return new String(event.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private JsonPath until(String id, Predicate<JsonPath> wanted) throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            JsonPath turn = person.asks().get("/v1/responses/" + id).jsonPath();
            if (wanted.test(turn)) {
                return turn;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the turn never showed it");
    }
}
