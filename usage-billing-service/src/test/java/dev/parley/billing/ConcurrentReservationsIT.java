package dev.parley.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.billing.app.quota.ReleaseReservation;
import dev.parley.billing.app.quota.ReserveUsage;
import dev.parley.billing.business.metering.CallId;
import dev.parley.billing.business.metering.Consumer;
import dev.parley.billing.business.metering.ModelName;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.metering.SubjectId;
import dev.parley.billing.business.quota.Admission;
import dev.parley.billing.business.quota.BatchPolicy;
import dev.parley.billing.business.quota.Entitlement;
import dev.parley.billing.business.quota.Entitlements;
import dev.parley.billing.business.quota.LeasePolicy;
import dev.parley.billing.business.quota.Limit;
import dev.parley.billing.business.quota.LimitScope;
import dev.parley.billing.business.quota.Plan;
import dev.parley.billing.business.quota.PlanName;
import dev.parley.billing.business.quota.Reservation;
import dev.parley.billing.business.quota.ReservationRequest;
import dev.parley.billing.business.quota.SubscriptionStatus;
import dev.parley.billing.business.quota.Tier;
import dev.parley.billing.business.quota.Unit;
import dev.parley.billing.business.quota.WindowLength;
import dev.parley.billing.storage.quota.AnotherReplica;
import dev.parley.platform.id.TimeOrderedIds;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas decide about the same windows for 200 callers at once. */
@QuarkusTest
class ConcurrentReservationsIT extends ServiceIT {
    private static final int CALLERS = 200;
    private static final int CALLS_EACH = 5;

    @Inject Database database;
    @Inject TimeOrderedIds ids;
    @Inject ReleaseReservation releaseReservation;

    private final OrganizationId organization = new OrganizationId(id("org_"));
    private final List<ReserveUsage> replicas = new ArrayList<>();
    private Plan plan = planOf();

    @BeforeEach
    void startReplicas() {
        for (int i = 0; i < 2; i++) {
            replicas.add(
                    new ReserveUsage(
                            AnotherReplica.of(database.source()),
                            new OnePlan(),
                            ids,
                            Clock.systemUTC(),
                            new LeasePolicy(Duration.ofMinutes(10), 100),
                            new BatchPolicy(2, 2000, 64, Duration.ZERO, Duration.ofSeconds(30))));
        }
    }

    @AfterEach
    void stopReplicas() throws InterruptedException {
        for (ReserveUsage replica : replicas) {
            replica.stop();
        }
    }

    @Test
    void theHardLimitOfTokensIsReachedAndNeverCrossed() throws Exception {
        long hard = 20_011;
        plan = planOf(limit(Unit.TOKENS, WindowLength.MONTH, hard));
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);

        List<Admission> decisions = callAll(seed);

        List<Reservation> granted = decisions.stream().flatMap(this::granted).toList();
        long reserved = granted.stream().mapToLong(Reservation::tokens).sum();
        assertThat(granted).isNotEmpty().hasSizeLessThan(CALLERS * CALLS_EACH);
        assertThat(reserved).isLessThanOrEqualTo(hard);
        assertThat(used("TOKENS")).isEqualTo(reserved);
        assertThat(decisions)
                .allSatisfy(
                        decision ->
                                assertThat(decision.limits().getFirst().used())
                                        .isLessThanOrEqualTo(hard));
        // The last grants take what is left, so less remains than the largest input and a token.
        assertThat(hard - reserved).isLessThanOrEqualTo(60);
        assertThat(
                        database.number(
                                "select sum(charged_tokens) from reservation where"
                                        + " organization_id = ?",
                                organization.value()))
                .isEqualTo(reserved);
    }

    @Test
    void exactlyAsManyRequestsAreGrantedAsThereAreAndReleasesGiveThemBack() throws Exception {
        plan = planOf(limit(Unit.REQUESTS, WindowLength.MONTH, 300));

        List<Reservation> granted = callAll(1).stream().flatMap(this::granted).toList();

        assertThat(granted).hasSize(300);
        assertThat(used("REQUESTS")).isEqualTo(300);
        try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
            List<Callable<ReleaseReservation.Outcome>> releases = new ArrayList<>();
            for (Reservation reservation : granted) {
                // Twice each, at the same time: only one of the two may count.
                releases.add(() -> releaseReservation.handle(reservation.id(), organization));
                releases.add(() -> releaseReservation.handle(reservation.id(), organization));
            }
            for (Future<ReleaseReservation.Outcome> outcome : callers.invokeAll(releases)) {
                assertThat(outcome.get()).isEqualTo(ReleaseReservation.Outcome.RELEASED);
            }
        }
        assertThat(used("REQUESTS")).isZero();
    }

    private List<Admission> callAll(long seed) throws Exception {
        Random random = new Random(seed);
        List<Callable<List<Admission>>> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            ReserveUsage replica = replicas.get(caller % replicas.size());
            List<ReservationRequest> requests = new ArrayList<>();
            for (int i = 0; i < CALLS_EACH; i++) {
                requests.add(request(random.nextInt(60), 1 + random.nextInt(200)));
            }
            callers.add(
                    () -> {
                        List<Admission> decisions = new ArrayList<>();
                        for (ReservationRequest request : requests) {
                            decisions.add(
                                    replica.handle(request)
                                            .toCompletableFuture()
                                            .get(30, TimeUnit.SECONDS));
                        }
                        return decisions;
                    });
        }
        List<Admission> decisions = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<Admission>> caller : threads.invokeAll(callers)) {
                decisions.addAll(caller.get());
            }
        }
        assertThat(decisions).hasSize(CALLERS * CALLS_EACH);
        return decisions;
    }

    private java.util.stream.Stream<Reservation> granted(Admission admission) {
        return switch (admission) {
            case Admission.Granted granted -> java.util.stream.Stream.of(granted.reservation());
            case Admission.Warned warned -> java.util.stream.Stream.of(warned.reservation());
            case Admission.Refused refused -> java.util.stream.Stream.empty();
        };
    }

    private long used(String unit) {
        return database.number(
                "select used from quota_window where organization_id = ? and unit = ?",
                organization.value(),
                unit);
    }

    private ReservationRequest request(long input, long output) {
        return new ReservationRequest(
                new CallId(id("chatcmpl-")),
                new Consumer(organization, new SubjectId("user_1"), null, null),
                null,
                false,
                new ModelName("simulated"),
                Tier.STANDARD,
                "chat",
                input,
                output,
                1);
    }

    private static Plan planOf(Limit... limits) {
        return new Plan(new PlanName("test-" + id("")), 1, Set.of(Tier.STANDARD), List.of(limits));
    }

    private static Limit limit(Unit unit, WindowLength window, long hard) {
        return new Limit(LimitScope.ORGANIZATION, unit, window, hard, hard);
    }

    private final class OnePlan implements Entitlements {
        @Override
        public Entitlement of(OrganizationId anybody, boolean guest) {
            return new Entitlement(plan, SubscriptionStatus.ACTIVE);
        }

        @Override
        public void refresh() {}

        @Override
        public boolean areLoaded() {
            return true;
        }
    }
}
