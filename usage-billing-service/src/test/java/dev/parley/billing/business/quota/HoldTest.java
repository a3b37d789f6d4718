package dev.parley.billing.business.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.billing.business.ledger.EntryId;
import dev.parley.billing.business.metering.CallId;
import dev.parley.billing.business.metering.Consumer;
import dev.parley.billing.business.metering.ModelName;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.metering.SubjectId;
import dev.parley.billing.business.metering.TokenUsage;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HoldTest {
    private static final Hold OPEN =
            new Hold(
                    new ReservationId(new UUID(0, 1)),
                    new CallId("chatcmpl-1"),
                    new Consumer(new OrganizationId("org_1"), new SubjectId("user_1"), null, null),
                    null,
                    new ModelName("simulated"),
                    100,
                    50,
                    Instant.EPOCH,
                    List.of(1L),
                    List.of(2L),
                    1,
                    150,
                    new HoldState.Open(true, 80, 7));

    @Test
    void settlingReplacesWhatWasReservedByWhatWasUsed() {
        Hold settled = OPEN.settledBy(TokenUsage.of(80, 20));

        assertThat(settled.chargedTokens()).isEqualTo(100);
        assertThat(settled.chargedRequests()).isEqualTo(1);
        assertThat(settled.state()).isEqualTo(new HoldState.Settled());
    }

    @Test
    void aFurtherAttemptAddsToWhatIsCharged() {
        assertThat(
                        OPEN.settledBy(TokenUsage.of(80, 20))
                                .settledBy(TokenUsage.of(80, 5))
                                .chargedTokens())
                .isEqualTo(185);
    }

    @Test
    void usageAfterAReleaseIsChargedInFull() {
        Hold released = OPEN.released();

        assertThat(released.chargedRequests()).isZero();
        assertThat(released.chargedTokens()).isZero();
        assertThat(released.settledBy(TokenUsage.of(3, 4)))
                .satisfies(
                        settled -> {
                            assertThat(settled.chargedRequests()).isEqualTo(1);
                            assertThat(settled.chargedTokens()).isEqualTo(7);
                        });
    }

    @Test
    void usageAfterAnEstimateReplacesIt() {
        Hold estimated = OPEN.estimatedBy(new EntryId(new UUID(0, 2)), TokenUsage.of(80, 7));

        assertThat(estimated.chargedTokens()).isEqualTo(87);
        assertThat(estimated.estimate()).containsExactly(new EntryId(new UUID(0, 2)));
        assertThat(estimated.settledBy(TokenUsage.of(80, 30)).chargedTokens()).isEqualTo(110);
    }

    @Test
    void anEstimateIsNeverAboveTheReservation() {
        assertThat(OPEN.bounded(new TokenUsage(500, 400, 999)))
                .isEqualTo(new TokenUsage(100, 100, 50));
        assertThat(OPEN.usageBy(new HoldState.Open(true, 80, 7)))
                .isEqualTo(new TokenUsage(80, 0, 7));
    }
}
