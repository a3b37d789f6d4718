package dev.parley.identity.api.account;

import dev.parley.platform.web.Errors;
import dev.parley.platform.web.Problem;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A database that cannot be reached is 503, and not a fault of ours or of the caller's. */
public class Outages {
    private static final System.Logger LOG = System.getLogger(Outages.class.getName());

    private final Errors others = new Errors();

    @ServerExceptionMapper
    public Response outage(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failure && isOutage(failure)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the database is unavailable: {0}",
                        failure.getMessage());
                return Problem.dependencyUnavailable().toResponse();
            }
        }
        return others.anything(thrown);
    }

    /** Connection exceptions, shutdowns, too many connections; the pool's own have no state. */
    private static boolean isOutage(SQLException failure) {
        String state = failure.getSQLState();
        return state == null
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53");
    }
}
