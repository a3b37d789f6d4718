package dev.parley.platform.security;

import dev.parley.platform.web.RequestIds;
import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Gives each line of the log the ids of the request that it is about. It costs nothing where
 * nothing is logged.
 */
@LoggingFilter(name = "log-fields")
public final class LogFields implements Filter {
    @Override
    public boolean isLoggable(LogRecord line) {
        @Nullable RequestIds ids = RequestIds.current();
        if (ids != null && line instanceof ExtLogRecord fields) {
            fields.putMdc("request_id", ids.requestId());
            fields.putMdc("trace_id", ids.traceId());
            fields.putMdc("span_id", ids.spanId());
            @Nullable Caller caller = CurrentCaller.orNull();
            if (caller != null) {
                fields.putMdc("subject", caller.subject());
                if (!caller.organization().isEmpty()) {
                    fields.putMdc("organization", caller.organization());
                }
            }
        }
        return true;
    }
}
