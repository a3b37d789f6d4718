package dev.parley.billing.api.quota;

import dev.parley.platform.web.Errors;
import dev.parley.platform.web.Problem;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** A database that cannot be had is an outage, which a retry may outlast; all else is a bug. */
public class Outages {
    /** PostgreSQL: connections, transactions rolled back, resources, an operator's intervention. */
    private static final Set<String> OUTAGE_CLASSES = Set.of("08", "40", "53", "57");

    private final Errors errors = new Errors();

    @ServerExceptionMapper
    public Response failed(RuntimeException thrown) {
        return isOutage(thrown)
                ? Problem.dependencyUnavailable().toResponse()
                : errors.anything(thrown);
    }

    /** Whether a database that cannot be had is the cause. */
    public static boolean isOutage(Throwable thrown) {
        @Nullable Throwable cause = thrown;
        while (cause != null) {
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState();
                // The connection pool's own exceptions carry no state.
                return state == null
                        || (state.length() == 5 && OUTAGE_CLASSES.contains(state.substring(0, 2)));
            }
            cause = cause.getCause();
        }
        return false;
    }
}
