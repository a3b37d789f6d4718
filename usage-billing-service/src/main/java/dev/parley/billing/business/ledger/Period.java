package dev.parley.billing.business.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The calendar period, in UTC, that usage is summed up over. */
public enum Period {
    DAY,
    MONTH,
    ALL;

    /** The first day of the period that holds {@code now}. */
    public LocalDate firstDay(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return switch (this) {
            case DAY -> today;
            case MONTH -> today.withDayOfMonth(1);
            case ALL -> LocalDate.EPOCH;
        };
    }
}
