package dev.parley.platform.web;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a database that cannot be had, which a retry may outlast, from a bug of ours. */
public final class Outages {
    /** PostgreSQL: connections, transactions rolled back, resources, an operator's intervention. */
    private static final Set<String> OUTAGE_CLASSES = Set.of("08", "40", "53", "57");

    private static final int DEEPEST = 20;

    private Outages() {}

    /** Whether a database that cannot be had is the cause, or was suppressed on the way. */
    public static boolean isOutage(Throwable thrown) {
        return isOutage(thrown, DEEPEST);
    }

    private static boolean isOutage(Throwable thrown, int depth) {
        @Nullable Throwable cause = thrown;
        for (int left = depth; cause != null && left > 0; left--) {
            if (cause instanceof SQLException failure) {
                return isOutage(failure);
            }
            // A transaction manager hides what went wrong with a commit here.
            for (Throwable suppressed : cause.getSuppressed()) {
                if (isOutage(suppressed, left - 1)) {
                    return true;
                }
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isOutage(SQLException failure) {
        String state = failure.getSQLState();
        // The connection pool's own exceptions carry no state.
        return state == null
                || (state.length() == 5 && OUTAGE_CLASSES.contains(state.substring(0, 2)));
    }
}
