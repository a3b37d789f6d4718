package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testing.e2e.Database.Lock;
import dev.parley.testing.e2e.Simulator.ProviderCall;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * {@code kill -9} in the moments that matter. A lock that the test holds in the database keeps the
 * service just there until it is dead.
 */
@Order(Integer.MAX_VALUE - 5)
@ExtendWith(RunningStack.class)
class KilledBetweenE2E {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);

    private final Stack stack;
    private final Caller caller;

    KilledBetweenE2E(Stack stack) {
        this.stack = stack;
        this.caller = stack.anyone().with(stack.apiKey());
        stack.awaitReady(ENDS_WITHIN);
    }

    @Test
    void betweenAcceptanceAndAdmissionTheInputIsKeptAndNothingIsCharged() {
        int before = stack.simulator().calls().size();
        WatchedTurn turn;
        String id;
        Aftermath aftermath;
        try (Lock admissions =
                lock(Stack.LEDGER_DATABASE, "lock table quota_window in exclusive mode")) {
            turn = WatchedTurn.begin(caller, "Accepted, not yet admitted.");
            eventually(SOON, () -> assertThat(running()).isOne());
            id = lastResponse();
            aftermath = Aftermath.ofAKill(stack, "kill -9 between tx 1 and admission");
            stack.kill("conversation-service", replicaThatRunsATurn());
        }
        eventually(ENDS_WITHIN, () -> assertThat(turn.over()).isTrue());
        eventually(ENDS_WITHIN, () -> assertThat(status(id)).isEqualTo("failed"));
        assertThat(caller.get("/v1/responses/" + id + "/input_items").ok(200).body())
                .contains(turn.input());
        assertThat(stack.simulator().calls()).hasSize(before);
        aftermath.holds(List.of());
    }

    @Test
    void betweenTheTwoTransactionsOfATurnItsTextIsKeptAndChargedWhole() {
        stack.simulator().slowly(30, Duration.ofMillis(50));
        WatchedTurn turn = WatchedTurn.begin(caller, "Answered, not yet on record.");
        turn.awaitText();
        String row = "select 1 from response where status = 'in_progress' for no key update";
        Aftermath aftermath;
        try (Lock ending = lock("conversation", row)) {
            awaitTheProvidersEnd();
            awaitWaiting("conversation", "update response set status");
            assertThat(running()).as("not on record as ended").isOne();
            aftermath = Aftermath.of(stack, "kill -9 between tx 1 and tx 2");
            stack.kill("conversation-service", replicaThatRunsATurn());
        }
        turn.awaitEnd(ENDS_WITHIN);
        awaitLeftOut();

        WatchedTurn again = turn.again(caller);
        again.awaitEnd(ENDS_WITHIN);
        assertThat(again.failed()).as(again.toString()).isTrue();
        assertThat(again.text().split(" ")).as("all that was said").hasSize(30);
        aftermath.holds(List.of(turn));
    }

    /** It lasts one second, so that no report of open calls (every 2 s) has told of it. */
    @Test
    void betweenTheProvidersEndAndTheUsageRecordACallIsChargedByItsAnnouncement() {
        stack.simulator().slowly(20, Duration.ofMillis(50));
        WatchedTurn turn;
        Aftermath aftermath;
        try (Lock outbox = lock("gateway", "lock table outbox in share row exclusive mode")) {
            turn = WatchedTurn.begin(caller, "Used, not yet recorded.");
            turn.awaitText();
            ProviderCall call = awaitTheProvidersEnd();
            awaitWaiting("gateway", "insert into outbox");
            assertThat(stack.ledger().byCall()).as("not charged").doesNotContainKey(call.id());
            aftermath = Aftermath.ofAKill(stack, "kill -9 before the usage record").with(call);
            for (int replica = 1; replica <= stack.replicas(); replica++) {
                stack.kill("llm-gateway-service", replica);
            }
        }
        turn.awaitEnd(ENDS_WITHIN);
        assertThat(turn.failed()).as(turn.toString()).isTrue();
        aftermath.holds(List.of(turn));
    }

    @Test
    void whileUsageIsBeingChargedItIsChargedOnce() {
        Aftermath aftermath;
        WatchedTurn turn;
        try (Lock ledger =
                lock(
                        Stack.LEDGER_DATABASE,
                        "lock table ledger_entry in share row exclusive mode")) {
            turn = WatchedTurn.begin(caller, "Recorded, not yet charged.");
            turn.awaitEnd(ENDS_WITHIN);
            awaitWaiting(Stack.LEDGER_DATABASE, "insert into ledger_entry");
            aftermath = Aftermath.of(stack, "kill -9 while usage is charged");
            for (int replica = 1; replica <= stack.replicas(); replica++) {
                stack.kill("usage-billing-service", replica);
            }
        }
        assertThat(turn.whole()).as(turn.toString()).isTrue();
        aftermath.holds(List.of(turn));
    }

    private Lock lock(String database, String sql) {
        return stack.database(database).lock(sql);
    }

    /** Until this very statement waits for what is locked; others may wait beside it. */
    private void awaitWaiting(String database, String statement) {
        String waiting =
                """
                select count(*) from pg_stat_activity
                where datname = current_database() and wait_event_type = 'Lock'
                  and query ilike '%%%s%%'
                """
                        .formatted(statement);
        eventually(
                SOON,
                () ->
                        assertThat(stack.database(database).number(waiting))
                                .as("%s: %s waits", database, statement)
                                .isPositive());
    }

    /** The edge has noticed: whoever asks in turn meets nobody who is dead. */
    private void awaitLeftOut() {
        eventually(
                SOON,
                () -> {
                    for (int i = 0; i < 6; i++) {
                        caller.get("/v1/conversations").ok(200);
                    }
                });
    }

    private ProviderCall awaitTheProvidersEnd() {
        eventually(
                SOON,
                () -> assertThat(stack.simulator().lastCall().status()).isEqualTo("completed"));
        return stack.simulator().lastCall();
    }

    private long running() {
        return stack.database("conversation")
                .number("select count(*) from response where status = 'in_progress'");
    }

    private String lastResponse() {
        return stack.database("conversation")
                .query(
                        "select 'resp_' || replace(id::text, '-', '') from response order by"
                                + " created_at desc limit 1",
                        rows -> {
                            rows.next();
                            return rows.getString(1);
                        });
    }

    private String status(String response) {
        return caller.get("/v1/responses/" + response).ok(200).text("/status");
    }

    private int replicaThatRunsATurn() {
        List<URI> replicas = stack.management("conversation-service");
        for (int i = 0; i < replicas.size(); i++) {
            Answer health = new Caller(replicas.get(i), null).get("/q/health/ready");
            for (JsonNode check : health.json().at("/checks")) {
                if (check.at("/data/running").asInt() > 0) {
                    return i + 1;
                }
            }
        }
        throw new AssertionError("no replica runs a turn");
    }
}
