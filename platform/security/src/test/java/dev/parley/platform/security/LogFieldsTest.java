package dev.parley.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.telemetry.LogScope;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

class LogFieldsTest {
    private static final String SPAN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void tellsWhatWorkOutsideOfARequestIsAbout() throws InterruptedException {
        AtomicReference<Map<String, String>> told = new AtomicReference<>(Map.of());
        Thread.ofVirtual()
                .start(
                        () ->
                                LogScope.within(
                                        SPAN,
                                        Map.of("parley.thing.id", "thing_1"),
                                        () -> told.set(fieldsOfALine())))
                .join();

        assertThat(told.get())
                .containsEntry("trace_id", "0af7651916cd43dd8448eb211c80319c")
                .containsEntry("thing_id", "thing_1");
    }

    @Test
    void leavesOtherLinesAsTheyAre() {
        assertThat(fieldsOfALine()).isEmpty();
    }

    private static Map<String, String> fieldsOfALine() {
        ExtLogRecord line = new ExtLogRecord(Level.WARNING, "It broke.", "logger");
        line.setMdc(new HashMap<>());
        assertThat(new LogFields().isLoggable(line)).isTrue();
        return line.getMdcCopy();
    }
}
