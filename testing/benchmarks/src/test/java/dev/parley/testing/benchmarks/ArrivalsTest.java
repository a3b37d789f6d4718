package dev.parley.testing.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void spacesTheCallsEvenly() {
        Arrivals arrivals = new Arrivals(100, 2 * SECOND);

        assertThat(arrivals.count()).isEqualTo(200);
        assertThat(arrivals.dueAt(0)).isZero();
        assertThat(arrivals.dueAt(1)).isEqualTo(10_000_000);
        assertThat(arrivals.dueAt(199)).isEqualTo(1_990_000_000);
    }

    @Test
    void doesNotDriftWhenARateDividesNoSecond() {
        Arrivals arrivals = new Arrivals(3, 100 * SECOND);

        assertThat(arrivals.dueAt(300)).isEqualTo(100 * SECOND);
        assertThat(IntStream.range(0, 300).filter(i -> i % 3 == 0).mapToLong(arrivals::dueAt))
                .allMatch(due -> due % SECOND == 0);
    }

    @Test
    void leavesOutWhatWouldBeDueAtTheVeryEnd() {
        Arrivals arrivals = new Arrivals(7, SECOND / 2);

        assertThat(arrivals.dueAt(arrivals.count() - 1)).isLessThan(SECOND / 2);
        assertThat(arrivals.dueAt(arrivals.count())).isGreaterThanOrEqualTo(SECOND / 2);
    }
}
