package dev.parley.billing.business.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.billing.business.metering.CallId;
import dev.parley.billing.business.metering.Consumer;
import dev.parley.billing.business.metering.ModelName;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.metering.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuotaTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");
    private static final Duration LEASE = Duration.ofSeconds(10);

    @Test
    void grantsWhatWasAskedWhenEverythingFits() {
        Admission admission = admit(calling(100, 50L), tokens(WindowLength.DAY, 1000, 800).used(0));

        assertThat(admission)
                .isInstanceOfSatisfying(
                        Admission.Granted.class,
                        granted -> {
                            assertThat(granted.reservation().grantedOutputTokens()).isEqualTo(50);
                            assertThat(granted.reservation().leaseUntil())
                                    .isEqualTo(NOW.plus(LEASE));
                            assertThat(granted.limits())
                                    .extracting(LimitState::used)
                                    .containsExactly(150L);
                        });
    }

    @Test
    void grantsTheDefaultWhenNothingWasAsked() {
        assertThat(output(admit(calling(1, null), tokens(WindowLength.DAY, 9999, 9999).used(0))))
                .isEqualTo(1024);
    }

    @Test
    void grantsWhatTheTightestWindowLeaves() {
        assertThat(
                        output(
                                admit(
                                        calling(100, 500L),
                                        tokens(WindowLength.DAY, 1000, 1000).used(700),
                                        tokens(WindowLength.MONTH, 1000, 1000).used(750))))
                .isEqualTo(150);
    }

    @Test
    void refusesOnlyWhenInputAndOneTokenDoNotFit() {
        assertThat(output(admit(calling(99, 50L), tokens(WindowLength.DAY, 100, 100).used(0))))
                .isEqualTo(1);
        assertThat(refusal(admit(calling(100, 50L), tokens(WindowLength.DAY, 100, 100).used(0))))
                .isEqualTo(
                        new Refusal.QuotaExceeded(
                                "tokens_per_day", Instant.parse("2026-11-24T00:00:00Z")));
    }

    @Test
    void aRefusalLeavesEveryWindowAsItWas() {
        Admission refused =
                admit(
                        calling(1, 1L),
                        requests(WindowLength.MINUTE, 5).used(5),
                        tokens(WindowLength.DAY, 100, 100).used(3));

        assertThat(refused.limits()).extracting(LimitState::used).containsExactly(5L, 3L);
    }

    @Test
    void tooManyRequestsAMinuteAreARateAndTooManyADayAQuota() {
        assertThat(refusal(admit(calling(1, 1L), requests(WindowLength.MINUTE, 5).used(5))))
                .isInstanceOf(Refusal.RateLimited.class);
        assertThat(refusal(admit(calling(1, 1L), requests(WindowLength.HOUR, 5).used(5))))
                .isInstanceOf(Refusal.QuotaExceeded.class);
    }

    @Test
    void ofSeveralReachedLimitsTheOneThatResetsLastIsNamed() {
        assertThat(
                        refusal(
                                admit(
                                        calling(1, 1L),
                                        requests(WindowLength.MINUTE, 5).used(5),
                                        requests(WindowLength.DAY, 9).used(9))))
                .isEqualTo(
                        new Refusal.QuotaExceeded(
                                "requests_per_day", Instant.parse("2026-11-24T00:00:00Z")));
    }

    @Test
    void warnsPastTheSoftLimitAndNotAtIt() {
        assertThat(admit(calling(30, 50L), tokens(WindowLength.DAY, 100, 80).used(0)))
                .isInstanceOf(Admission.Granted.class);
        assertThat(admit(calling(31, 50L), tokens(WindowLength.DAY, 100, 80).used(0)))
                .isInstanceOfSatisfying(
                        Admission.Warned.class,
                        warned -> assertThat(warned.passed()).containsExactly("tokens_per_day"));
    }

    @Test
    void anUnlimitedWindowCountsAndNeverRefuses() {
        Limit unlimited =
                new Limit(LimitScope.ORGANIZATION, Unit.TOKENS, WindowLength.DAY, null, null);

        Admission admission =
                admit(calling(5, 5L), new Fixture(unlimited).used(1_000_000_000_000L));

        assertThat(admission.limits().getFirst().used()).isEqualTo(1_000_000_000_010L);
        assertThat(admission.limits().getFirst().remaining()).isNull();
    }

    @Test
    void anOverdrawnWindowRefusesAndShowsNothingLeft() {
        LimitState overdrawn = tokens(WindowLength.DAY, 100, 100).used(120);

        assertThat(overdrawn.remaining()).isZero();
        assertThat(refusal(admit(calling(0, 1L), overdrawn)))
                .isInstanceOf(Refusal.QuotaExceeded.class);
    }

    @Test
    void aTierOutsideThePlanIsRefused() {
        assertThat(
                        refusal(
                                Quota.admit(
                                        candidate(
                                                calling(1, 1L),
                                                Set.of(Tier.PREMIUM),
                                                SubscriptionStatus.ACTIVE),
                                        List.of(),
                                        NOW,
                                        LEASE)))
                .isEqualTo(new Refusal.ModelNotInPlan(Tier.STANDARD, new PlanName("test")));
    }

    @Test
    void anInactiveSubscriptionIsRefused() {
        for (SubscriptionStatus status :
                List.of(SubscriptionStatus.SUSPENDED, SubscriptionStatus.CANCELLED)) {
            assertThat(
                            refusal(
                                    Quota.admit(
                                            candidate(
                                                    calling(1, 1L), Set.of(Tier.STANDARD), status),
                                            List.of(),
                                            NOW,
                                            LEASE)))
                    .isEqualTo(new Refusal.SubscriptionInactive(status));
        }
    }

    private record Fixture(Limit limit) {
        LimitState used(long used) {
            return new LimitState(limit, limit.window().endOf(NOW), used);
        }
    }

    private static Fixture tokens(WindowLength window, long hard, long soft) {
        return new Fixture(new Limit(LimitScope.ORGANIZATION, Unit.TOKENS, window, hard, soft));
    }

    private static Fixture requests(WindowLength window, long hard) {
        return new Fixture(new Limit(LimitScope.ORGANIZATION, Unit.REQUESTS, window, hard, hard));
    }

    private static ReservationRequest calling(long input, @Nullable Long output) {
        return new ReservationRequest(
                new CallId("chatcmpl-1"),
                new Consumer(new OrganizationId("org_1"), new SubjectId("user_1"), null, null),
                null,
                false,
                new ModelName("simulated"),
                Tier.STANDARD,
                "chat",
                input,
                output,
                1024);
    }

    private static Candidate candidate(
            ReservationRequest request, Set<Tier> tiers, SubscriptionStatus status) {
        return new Candidate(
                new ReservationId(new UUID(0, 1)),
                request,
                new Entitlement(new Plan(new PlanName("test"), 1, tiers, List.of()), status));
    }

    private static Admission admit(ReservationRequest request, LimitState... states) {
        return Quota.admit(
                candidate(request, Set.of(Tier.STANDARD), SubscriptionStatus.ACTIVE),
                List.of(states),
                NOW,
                LEASE);
    }

    private static long output(Admission admission) {
        return switch (admission) {
            case Admission.Granted granted -> granted.reservation().grantedOutputTokens();
            case Admission.Warned warned -> warned.reservation().grantedOutputTokens();
            case Admission.Refused refused -> throw new AssertionError(refused.why());
        };
    }

    private static Refusal refusal(Admission admission) {
        assertThat(admission).isInstanceOf(Admission.Refused.class);
        return ((Admission.Refused) admission).why();
    }
}
