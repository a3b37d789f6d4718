package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testing.e2e.Ledger.Booked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a caller reads of usage is what stands in the ledger. */
@ExtendWith(RunningStack.class)
class UsageE2E {
    private static final String TURN = Prompts.turn("Count these words.");

    private final Stack stack;

    UsageE2E(Stack stack) {
        this.stack = stack;
    }

    @Test
    void theSummaryEqualsTheLedger() {
        Caller admin = stack.anyone().with(stack.admin());
        admin.post("/v1/responses", TURN).ok(200);
        admin.post(
                        "/v1/chat/completions",
                        "{\"model\":\"simulated-premium\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi.\"}]}")
                .ok(200);
        stack.ledgerRule().holds();

        TreeMap<String, JsonNode> rows = new TreeMap<>();
        for (JsonNode row :
                admin.get("/v1/usage/summary?by=model&period=all").ok(200).json().at("/data")) {
            rows.put(row.at("/key").asText(), row);
        }
        assertThat(rows).containsKeys("simulated", "simulated-premium");
        rows.forEach(
                (model, row) -> {
                    Collection<Booked> booked =
                            stack.ledger().byCall().values().stream()
                                    .filter(it -> it.organization().equals(stack.organization()))
                                    .filter(it -> it.model().equals(model))
                                    .toList();
                    assertThat(row.at("/requests").asLong())
                            .isEqualTo(sum(booked, Booked::requests));
                    assertThat(row.at("/input_tokens").asLong())
                            .isEqualTo(sum(booked, Booked::input));
                    assertThat(row.at("/output_tokens").asLong())
                            .isEqualTo(sum(booked, Booked::output));
                    assertThat(row.at("/cost/amount").asLong())
                            .isEqualTo(sum(booked, Booked::costMicros));
                });
    }

    @Test
    void theLimitsCountWhatWasUsed() {
        Caller person = stack.anyone().with(new People(stack.anyone()).newcomer().accessToken());
        assertThat(limit(person, "tokens_per_day").at("/used").asLong()).isZero();

        Answer turn = person.post("/v1/responses", TURN).ok(200);

        long tokens = turn.json().at("/usage/total_tokens").asLong();
        assertThat(tokens).isPositive();
        eventually(
                Duration.ofSeconds(10),
                () -> {
                    JsonNode day = limit(person, "tokens_per_day");
                    assertThat(day.at("/used").asLong()).isEqualTo(tokens);
                    assertThat(day.at("/remaining").asLong())
                            .isEqualTo(day.at("/hard").asLong() - tokens);
                    assertThat(limit(person, "requests_per_day").at("/used").asLong()).isEqualTo(1);
                });
        JsonNode own =
                person.get("/v1/usage/summary?by=user&period=all").ok(200).json().at("/data");
        assertThat(own).hasSize(1);
        assertThat(own.at("/0/output_tokens").asLong())
                .isEqualTo(turn.json().at("/usage/output_tokens").asLong());
    }

    @Test
    void aTurnShowsItsCost() {
        Caller admin = stack.anyone().with(stack.admin());
        String id = admin.post("/v1/responses", TURN).ok(200).text("/id");
        eventually(
                Duration.ofSeconds(10),
                () -> {
                    JsonNode cost =
                            admin.get("/v1/responses/" + id).ok(200).json().at("/parley/cost");
                    assertThat(cost.at("/amount").asLong()).isPositive();
                    assertThat(cost.at("/currency").asText()).isEqualTo("USD");
                });
    }

    @Test
    void aHardLimitRefusesWithItsReset() {
        Caller person = stack.anyone().with(new People(stack.anyone()).newcomer().accessToken());
        Answer last = person.post("/v1/responses", TURN);
        for (int i = 0; i < 45 && last.status() == 200; i++) {
            last = person.post("/v1/responses", TURN);
        }
        Problems.assertProblem(last, 429, "rate_limited");
        assertThat(last.header("retry-after")).isPresent();
        assertThat(last.header("retry-after-ms")).isPresent();
        stack.ledgerRule().holds();
    }

    private static JsonNode limit(Caller caller, String name) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode limit : caller.get("/v1/limits").ok(200).json().at("/data")) {
            if (limit.at("/name").asText().equals(name)) {
                found.add(limit);
            }
        }
        assertThat(found).as(name).hasSize(1);
        return found.getFirst();
    }

    private static long sum(Collection<Booked> booked, ToLongFunction<Booked> part) {
        return booked.stream().mapToLong(part).sum();
    }
}
