package dev.parley.billing.business.quota;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A calendar window in UTC; not a sliding one, so that a refusal can say when it ends. */
public enum WindowLength {
    MINUTE(ChronoUnit.MINUTES),
    HOUR(ChronoUnit.HOURS),
    DAY(ChronoUnit.DAYS),
    MONTH(ChronoUnit.MONTHS);

    private final ChronoUnit unit;

    WindowLength(ChronoUnit unit) {
        this.unit = unit;
    }

    /** The beginning of the window that holds {@code moment}. */
    public Instant startOf(Instant moment) {
        return this == MONTH
                ? ZonedDateTime.ofInstant(moment, ZoneOffset.UTC)
                        .truncatedTo(ChronoUnit.DAYS)
                        .withDayOfMonth(1)
                        .toInstant()
                : moment.truncatedTo(unit);
    }

    /** The end, exclusive, of the window that holds {@code moment}. */
    public Instant endOf(Instant moment) {
        return ZonedDateTime.ofInstant(startOf(moment), ZoneOffset.UTC).plus(1, unit).toInstant();
    }

    /** The public spelling. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
