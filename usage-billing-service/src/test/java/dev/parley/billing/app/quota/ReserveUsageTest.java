package dev.parley.billing.app.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.billing.business.metering.CallId;
import dev.parley.billing.business.metering.Consumer;
import dev.parley.billing.business.metering.ModelName;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.metering.SubjectId;
import dev.parley.billing.business.quota.Admission;
import dev.parley.billing.business.quota.Admissions;
import dev.parley.billing.business.quota.BatchPolicy;
import dev.parley.billing.business.quota.Candidate;
import dev.parley.billing.business.quota.Entitlement;
import dev.parley.billing.business.quota.Entitlements;
import dev.parley.billing.business.quota.LeasePolicy;
import dev.parley.billing.business.quota.LimitState;
import dev.parley.billing.business.quota.Plan;
import dev.parley.billing.business.quota.PlanName;
import dev.parley.billing.business.quota.Refusal;
import dev.parley.billing.business.quota.ReservationRequest;
import dev.parley.billing.business.quota.SubscriptionStatus;
import dev.parley.billing.business.quota.Tier;
import dev.parley.platform.id.TimeOrderedIds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReserveUsageTest {
    private final SlowAdmissions admissions = new SlowAdmissions();
    private final ReserveUsage reserveUsage =
            reserveUsage(new BatchPolicy(1, 4, 3, Duration.ZERO, Duration.ofSeconds(30)));

    @AfterEach
    void stop() throws InterruptedException {
        admissions.mayGoOn.release(1000);
        reserveUsage.stop();
    }

    @Test
    void decidesTogetherWhatArrivedMeanwhileAndRefusesWhatDoesNotFitTheQueue() throws Exception {
        CompletionStage<Admission> first = reserveUsage.handle(aCall());
        assertThat(admissions.began.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
        List<CompletionStage<Admission>> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(reserveUsage.handle(aCall()));
        }

        assertThat(result(reserveUsage.handle(aCall())))
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        refused -> assertThat(refused.why()).isEqualTo(new Refusal.Overloaded()));

        admissions.mayGoOn.release(3);
        assertThat(result(first)).isInstanceOf(Admission.Granted.class);
        for (CompletionStage<Admission> call : waiting) {
            assertThat(result(call)).isInstanceOf(Admission.Granted.class);
        }
        assertThat(admissions.batches).containsExactly(1, 3, 1);
    }

    @Test
    void anOutageFailsTheCallsOfItsTransactionAndNoOthers() throws Exception {
        admissions.failures = 1;
        CompletionStage<Admission> first = reserveUsage.handle(aCall());
        admissions.mayGoOn.release(2);

        assertThat(first.toCompletableFuture())
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("no database");
        assertThat(result(reserveUsage.handle(aCall()))).isInstanceOf(Admission.Granted.class);
    }

    @Test
    void goesOnAfterAnErrorOfTheVirtualMachine() throws Exception {
        admissions.error = new OutOfMemoryError("for a test");
        CompletionStage<Admission> first = reserveUsage.handle(aCall());
        admissions.mayGoOn.release(2);

        assertThat(first.toCompletableFuture())
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("for a test");
        assertThat(result(reserveUsage.handle(aCall()))).isInstanceOf(Admission.Granted.class);
    }

    @Test
    void givesUpOnADecisionThatDoesNotCome() throws Exception {
        ReserveUsage impatient =
                reserveUsage(new BatchPolicy(1, 4, 3, Duration.ZERO, Duration.ofMillis(50)));
        CompletionStage<Admission> first = impatient.handle(aCall());
        CompletionStage<Admission> behind = impatient.handle(aCall());

        for (CompletionStage<Admission> late : List.of(first, behind)) {
            assertThat(late.toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(TimeoutException.class);
        }

        admissions.mayGoOn.release(1000);
        impatient.stop();
        assertThat(admissions.batches).hasSize(1);
    }

    @Test
    void decidesWhatItHeldWhenItWasInterrupted() throws Exception {
        ReserveUsage lingering =
                reserveUsage(
                        new BatchPolicy(1, 4, 3, Duration.ofSeconds(2), Duration.ofSeconds(30)));
        admissions.mayGoOn.release(1000);
        CompletionStage<Admission> call = lingering.handle(aCall());
        Thread.sleep(200);
        admissionThreads().forEach(Thread::interrupt);

        assertThat(result(call)).isInstanceOf(Admission.Granted.class);
        assertThat(result(lingering.handle(aCall()))).isInstanceOf(Admission.Granted.class);
        lingering.stop();
    }

    private ReserveUsage reserveUsage(BatchPolicy policy) {
        return new ReserveUsage(
                admissions,
                new EverybodyMay(),
                new TimeOrderedIds(),
                Clock.systemUTC(),
                new LeasePolicy(Duration.ofSeconds(10), 1),
                policy);
    }

    private static List<Thread> admissionThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("admission-"))
                .toList();
    }

    private static Admission result(CompletionStage<Admission> stage) throws Exception {
        return stage.toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    private static ReservationRequest aCall() {
        return new ReservationRequest(
                new CallId("chatcmpl-1"),
                new Consumer(new OrganizationId("org_1"), new SubjectId("user_1"), null, null),
                null,
                false,
                new ModelName("simulated"),
                Tier.STANDARD,
                "chat",
                1,
                1L,
                1);
    }

    private static final class SlowAdmissions implements Admissions {
        private final Semaphore began = new Semaphore(0);
        private final Semaphore mayGoOn = new Semaphore(0);
        private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
        private volatile int failures;
        private volatile @Nullable Error error;

        @Override
        public List<Admission> decideAll(
                List<Candidate> candidates, Instant now, Decision decision) {
            batches.add(candidates.size());
            began.release();
            mayGoOn.acquireUninterruptibly();
            Error thrown = error;
            if (thrown != null) {
                error = null;
                throw thrown;
            }
            if (failures > 0) {
                failures = 0;
                throw new IllegalStateException("no database");
            }
            return candidates.stream()
                    .map(candidate -> decision.decide(candidate, List.of()))
                    .toList();
        }

        @Override
        public List<LimitState> statesOf(OrganizationId organization, Plan plan, Instant now) {
            return List.of();
        }

        @Override
        public void forgetWindowsBefore(Instant moment) {}
    }

    private static final class EverybodyMay implements Entitlements {
        @Override
        public Entitlement of(OrganizationId organization, boolean guest) {
            return new Entitlement(
                    new Plan(PlanName.FREE, 1, Set.of(Tier.STANDARD), List.of()),
                    SubscriptionStatus.ACTIVE);
        }

        @Override
        public void refresh() {}

        @Override
        public boolean areLoaded() {
            return true;
        }
    }
}
