package dev.parley.platform.security;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Says why nobody can be authenticated, once in a while and never with the token. */
final class IssuerOutage {
    private static final System.Logger LOG = System.getLogger(IssuerOutage.class.getName());
    private static final long SILENCE = Duration.ofSeconds(30).toNanos();
    private static final long NEVER = 0;

    /** When it was said last; not the clock's at start, which a native image would keep. */
    private static final AtomicLong LAST = new AtomicLong(NEVER);

    private IssuerOutage() {}

    static AuthenticationOutcome unavailable(Throwable failure) {
        long now = System.nanoTime();
        long last = LAST.get();
        if ((last == NEVER || now - last >= SILENCE) && LAST.compareAndSet(last, now)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "tokens cannot be checked, the issuer does not help: {0}",
                    describe(failure));
        }
        return new AuthenticationOutcome.Unavailable();
    }

    /** Only messages of what went wrong on the way; others might quote what was sent. */
    static String describe(Throwable failure) {
        return switch (failure) {
            case IOException onTheWay -> onTheWay.toString();
            case TimeoutException tooLate -> tooLate.toString();
            case ProcessingException wrapped when wrapped.getCause() != null ->
                    describe(wrapped.getCause());
            case WebApplicationException answered -> "status " + answered.getResponse().getStatus();
            default -> failure.getClass().getName();
        };
    }
}
