package dev.parley.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.billing.app.quota.MeasureLedgerGap;
import dev.parley.billing.business.quota.LedgerGap;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LedgerGapIT extends ServiceIT {
    @Inject MeasureLedgerGap measureLedgerGap;
    @Inject Database database;

    @Test
    void anOpenCallIsAGapOnlyOnceItsLeaseHasEnded() {
        String reservation = reserve();
        long inTime = measureLedgerGap.handle(Instant.now()).unsettled();

        LedgerGap later = measureLedgerGap.handle(Instant.now().plus(Duration.ofMinutes(1)));

        assertThat(inTime).isZero();
        assertThat(later.unsettled()).isPositive();
        assertThat(later.longestUnsettled())
                .isBetween(Duration.ofSeconds(45), Duration.ofSeconds(60));
        release(reservation);
    }

    @Test
    void anEstimateCountsForADay() throws SQLException {
        long before = estimates(Instant.now());
        String reservation = reserve();
        asGateway()
                .body(
                        Map.of(
                                "calls",
                                List.of(
                                        Map.of(
                                                "reservation",
                                                reservation,
                                                "reached_provider",
                                                true,
                                                "input_tokens",
                                                7,
                                                "output_tokens",
                                                3))))
                .post("/internal/reservations/progress")
                .then()
                .statusCode(200);
        database.execute(
                "update reservation set lease_until = now() - interval '1 second' where id = ?::uuid",
                uuidOf(reservation));
        await(() -> estimates(Instant.now()) > before);

        assertThat(estimates(Instant.now())).isEqualTo(before + 1);
        assertThat(estimates(Instant.now().plus(Duration.ofHours(25)))).isZero();
    }

    private long estimates(Instant now) {
        return measureLedgerGap.handle(now).estimated();
    }

    private static String reserve() {
        return reserve(userOf(id("org_")), reservationBody()).statusCode(200).extract().path("id");
    }

    private static void release(String reservation) {
        asGateway().delete("/internal/reservations/" + reservation).then().statusCode(200);
    }

    private static String uuidOf(String reservation) {
        return reservation.substring("rsv_".length());
    }
}
