package dev.parley.billing.business.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowLengthTest {
    @ParameterizedTest
    @CsvSource({
        "MINUTE, 2026-02-28T23:59:59.999Z, 2026-02-28T23:59:00Z, 2026-03-01T00:00:00Z",
        "HOUR, 2026-02-28T23:59:59.999Z, 2026-02-28T23:00:00Z, 2026-03-01T00:00:00Z",
        "DAY, 2026-02-28T23:59:59.999Z, 2026-02-28T00:00:00Z, 2026-03-01T00:00:00Z",
        "MONTH, 2026-02-28T23:59:59.999Z, 2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
        "MONTH, 2026-12-01T00:00:00Z, 2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "MONTH, 2028-02-29T12:00:00Z, 2028-02-01T00:00:00Z, 2028-03-01T00:00:00Z"
    })
    void isACalendarWindowInUtc(WindowLength length, Instant moment, Instant start, Instant end) {
        assertThat(length.startOf(moment)).isEqualTo(start);
        assertThat(length.endOf(moment)).isEqualTo(end);
    }
}
