package dev.parley.billing.api.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PersistenceTest {
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void outlastsAnErrorThatADyingConnectionRaises() {
        Persistence.untilDone(
                List.of(),
                () -> {
                    if (attempts.incrementAndGet() == 1) {
                        throw new AssertionError("the driver's own");
                    }
                });

        assertThat(attempts).hasValue(2);
    }

    @Test
    void outlastsAnErrorThatWasWrappedOnItsWay() {
        Persistence.untilDone(
                List.of(),
                () -> {
                    if (attempts.incrementAndGet() == 1) {
                        throw new IllegalStateException(new AssertionError("the driver's own"));
                    }
                });

        assertThat(attempts).hasValue(2);
    }

    @Test
    void leavesAFailureOfTheVirtualMachineToIt() {
        assertThatThrownBy(
                        () ->
                                Persistence.untilDone(
                                        List.of(),
                                        () -> {
                                            attempts.incrementAndGet();
                                            throw new OutOfMemoryError("for a test");
                                        }))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void leavesWhatNoRetryCanMendToItsCaller() {
        assertThatThrownBy(
                        () ->
                                Persistence.untilDone(
                                        List.of(),
                                        () -> {
                                            attempts.incrementAndGet();
                                            throw new IllegalStateException(
                                                    new SQLException("no such column", "42703"));
                                        }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(attempts).hasValue(1);
    }
}
