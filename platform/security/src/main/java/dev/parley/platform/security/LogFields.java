package dev.parley.platform.security;

import dev.parley.platform.telemetry.LogScope;
import dev.parley.platform.web.RequestIds;
import io.quarkus.logging.LoggingFilter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Gives each line of the log the ids of the request that it is about, or of the work that is done
 * outside of a request. It costs nothing where nothing is logged.
 */
@LoggingFilter(name = "log-fields")
public final class LogFields implements Filter {
    @Override
    public boolean isLoggable(LogRecord line) {
        if (line instanceof ExtLogRecord fields) {
            Map<String, String> about = new LinkedHashMap<>();
            @Nullable RequestIds ids = RequestIds.current();
            if (ids != null) {
                about.put("request_id", ids.requestId());
                about.put("trace_id", ids.traceId());
                about.put("span_id", ids.spanId());
                @Nullable Caller caller = CurrentCaller.orNull();
                if (caller != null) {
                    about.put("subject", caller.subject());
                    if (!caller.organization().isEmpty()) {
                        about.put("organization", caller.organization());
                    }
                }
            }
            about.putAll(LogScope.current());
            if (!about.isEmpty()) {
                fields.setMdc(about);
            }
        }
        return true;
    }
}
