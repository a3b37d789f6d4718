package dev.parley.billing.api.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class ListenersLivenessTest {
    private final ListenersLiveness liveness = new ListenersLiveness();

    @Test
    void isAliveWhileEveryListenerDoesItsWork() {
        liveness.watch("usage", () -> {});

        assertThat(liveness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    void endsWithTheFirstListenerThatWorkEscapesFrom() {
        assertThatThrownBy(
                        () ->
                                liveness.watch(
                                        "usage",
                                        () -> {
                                            throw new OutOfMemoryError("for a test");
                                        }))
                .isInstanceOf(OutOfMemoryError.class);
        liveness.watch("usage", () -> {});

        assertThat(liveness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(liveness.call().getData().orElseThrow()).containsEntry("ended", "usage");
    }

    @Test
    void takesAStopInTheMiddleOfAnOutageForNoDeath() {
        assertThatThrownBy(
                        () ->
                                liveness.watch(
                                        "usage",
                                        () -> {
                                            Thread.currentThread().interrupt();
                                            Persistence.untilDone(
                                                    List.of(),
                                                    () -> {
                                                        throw new AssertionError("the driver's");
                                                    });
                                        }))
                .isInstanceOf(Persistence.Stopped.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(liveness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }
}
