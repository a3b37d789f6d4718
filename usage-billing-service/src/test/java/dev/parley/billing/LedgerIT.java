package dev.parley.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.billing.app.ledger.RebuildTotals;
import dev.parley.billing.app.metering.RecordUsage;
import dev.parley.billing.app.quota.ReleaseReservation;
import dev.parley.billing.app.quota.ReportProgress;
import dev.parley.billing.app.quota.ReserveUsage;
import dev.parley.billing.app.quota.SettleExpiredReservations;
import dev.parley.billing.business.metering.ApiKeyId;
import dev.parley.billing.business.metering.CallId;
import dev.parley.billing.business.metering.Consumer;
import dev.parley.billing.business.metering.ConversationId;
import dev.parley.billing.business.metering.ModelName;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.metering.SubjectId;
import dev.parley.billing.business.metering.TokenUsage;
import dev.parley.billing.business.metering.UsageRecord;
import dev.parley.billing.business.quota.Admission;
import dev.parley.billing.business.quota.Progress;
import dev.parley.billing.business.quota.Reservation;
import dev.parley.billing.business.quota.ReservationRequest;
import dev.parley.billing.business.quota.Tier;
import dev.parley.platform.id.TimeOrderedIds;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LedgerIT extends ServiceIT {
    private static final List<String> MODELS = List.of("simulated", "simulated-premium", "other");

    @Inject Database database;
    @Inject TimeOrderedIds ids;
    @Inject ReserveUsage reserveUsage;
    @Inject ReportProgress reportProgress;
    @Inject ReleaseReservation releaseReservation;
    @Inject RecordUsage recordUsage;
    @Inject SettleExpiredReservations settleExpired;
    @Inject RebuildTotals rebuildTotals;

    private final String organization = id("org_");

    @Test
    void refusesEveryChangeOfWhatIsWritten() {
        UsageRecord record = record(aReservation(new Random(1)), new TokenUsage(1, 0, 1), 1);
        recordUsage.handle(List.of(record));

        for (String change :
                List.of(
                        "update ledger_entry set cost_micros = 0",
                        "delete from ledger_entry",
                        "truncate ledger_entry",
                        "update usage_record set input_tokens = 0",
                        "delete from usage_record",
                        "truncate usage_record")) {
            assertThatExceptionOfType(SQLException.class)
                    .as(change)
                    .isThrownBy(() -> database.execute(change))
                    .withMessageContaining("append-only");
        }
    }

    @Test
    void entriesLieInThePartitionOfTheirTime() {
        UsageRecord record = record(aReservation(new Random(1)), new TokenUsage(1, 0, 1), 1);
        recordUsage.handle(List.of(record));

        assertThat(
                        database.number(
                                "select count(*) from ledger_entry where organization_id = ? and"
                                        + " tableoid::regclass::text ~ '_2[0-9]{3}_q[1-4]$'",
                                organization))
                .isEqualTo(1);
    }

    @Test
    void severalReplicasSettleEachExpiredReservationOnce() throws Exception {
        List<Progress> progress = new ArrayList<>();
        subscribe(organization, "enterprise");
        for (int i = 0; i < 40; i++) {
            Reservation reservation = aReservation(new Random(i));
            progress.add(new Progress(reservation.id(), true, 10, 5));
        }
        reportProgress.handle(progress);

        try (ExecutorService replicas = Executors.newFixedThreadPool(4)) {
            Callable<Boolean> sweep = () -> settleExpired.handle(Instant.now().plusSeconds(11));
            for (Future<Boolean> swept : replicas.invokeAll(Collections.nCopies(8, sweep))) {
                assertThat(swept.get()).isFalse();
            }
        }

        assertThat(
                        database.rows(
                                "select kind, count(*), count(distinct call), sum(output_tokens)"
                                        + " from ledger_entry where organization_id = ? group by 1",
                                organization))
                .containsExactly(List.of("ESTIMATE", 40L, 40L, new BigDecimal(200)));
    }

    /**
     * A random history of calls: reserved, reported, released, expired, recorded once or several
     * times, in any order and repeatedly. Whatever happened, the totals are the ledger's sums, each
     * call ends with what its records say, and the windows hold what is charged.
     */
    @Test
    void totalsRebuiltFromTheLedgerAreWhatTheyWere() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        subscribe(organization, "enterprise");
        for (int i = 0; i < 60; i++) {
            oneCall(random);
        }

        List<List<Object>> before = totals();
        rebuildTotals.handle();

        assertThat(before).isNotEmpty();
        assertThat(totals()).isEqualTo(before);
        assertThat(
                        database.rows(
                                """
                                select l.call
                                from (select call, sum(input_tokens) input, sum(output_tokens) output,
                                             sum(requests) requests
                                      from ledger_entry where organization_id = ? group by call) l
                                join (select call, sum(input_tokens) input, sum(output_tokens) output
                                      from usage_record where organization_id = ? group by call) r
                                  on r.call = l.call
                                where l.input <> r.input or l.output <> r.output or l.requests <> 1
                                """,
                                organization,
                                organization))
                .isEmpty();
        assertThat(
                        database.number(
                                "select used from quota_window where organization_id = ? and"
                                        + " unit = 'TOKENS' and window_length = 'MONTH'",
                                organization))
                .isEqualTo(
                        database.number(
                                """
                                select (select sum(input_tokens + output_tokens) from ledger_entry
                                        where organization_id = ?)
                                     + (select coalesce(sum(reserved_input + granted_output), 0)
                                        from reservation
                                        where organization_id = ? and state = 'OPEN')
                                """,
                                organization,
                                organization));
    }

    private void oneCall(Random random) {
        Reservation reservation = aReservation(random);
        if (random.nextBoolean()) {
            reportProgress.handle(
                    List.of(
                            new Progress(
                                    reservation.id(),
                                    random.nextBoolean(),
                                    random.nextInt(100),
                                    random.nextInt(50))));
        }
        if (random.nextInt(4) == 0) {
            releaseReservation.handle(reservation.id(), new OrganizationId(organization));
        }
        if (random.nextInt(3) == 0) {
            settleExpired.handle(Instant.now().plusSeconds(11));
        }
        List<UsageRecord> records = new ArrayList<>();
        int attempts = random.nextInt(3);
        for (int attempt = 1; attempt <= attempts; attempt++) {
            int input = random.nextInt(100);
            TokenUsage usage = new TokenUsage(input, random.nextInt(input + 1), random.nextInt(50));
            records.add(record(reservation, usage, attempt));
        }
        if (random.nextBoolean()) {
            records.addAll(List.copyOf(records));
        }
        if (random.nextBoolean()) {
            recordUsage.handle(records);
        } else {
            records.forEach(record -> recordUsage.handle(List.of(record)));
        }
        if (random.nextInt(5) == 0) {
            settleExpired.handle(Instant.now().plusSeconds(11));
        }
    }

    private Reservation aReservation(Random random) {
        ReservationRequest request =
                new ReservationRequest(
                        new CallId(id("chatcmpl-")),
                        new Consumer(
                                new OrganizationId(organization),
                                new SubjectId("user_" + random.nextInt(3)),
                                random.nextBoolean() ? new ApiKeyId("key_1") : null,
                                null),
                        null,
                        false,
                        new ModelName(MODELS.get(random.nextInt(MODELS.size()))),
                        Tier.STANDARD,
                        "chat",
                        100,
                        50L,
                        50);
        try {
            return switch (reserveUsage
                    .handle(request)
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS)) {
                case Admission.Granted granted -> granted.reservation();
                case Admission.Warned warned -> warned.reservation();
                case Admission.Refused refused -> throw new AssertionError(refused.why());
            };
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private UsageRecord record(Reservation reservation, TokenUsage usage, int attempt) {
        ReservationRequest request = reservation.request();
        UUID event = ids.next();
        return new UsageRecord(
                event,
                request.call(),
                reservation.id().value(),
                new Consumer(
                        request.consumer().organization(),
                        request.consumer().subject(),
                        request.consumer().apiKey(),
                        attempt % 2 == 0 ? null : new ConversationId("conv_1")),
                null,
                "chat",
                request.model(),
                "simulated",
                "standard",
                attempt,
                usage,
                false,
                "stop",
                reservation.reservedAt(),
                reservation.reservedAt(),
                null,
                reservation.reservedAt(),
                null);
    }

    private List<List<Object>> totals() {
        return database.rows(
                """
                select dimension, key, subject, day::text, currency, requests, input_tokens,
                       cached_input_tokens, output_tokens, cost_micros
                from usage_total
                where organization_id = ? and (requests, input_tokens, cached_input_tokens,
                      output_tokens, cost_micros) <> (0, 0, 0, 0, 0)
                order by 1, 2, 3, 4, 5
                """,
                organization);
    }
}
