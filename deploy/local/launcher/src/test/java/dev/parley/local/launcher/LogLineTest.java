package dev.parley.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogLineTest {
    @Test
    void readsLikeALineOfText() {
        String line =
                "{\"timestamp\":\"2026-11-23T19:30:28.123456Z\",\"sequence\":7,\"loggerName\":"
                        + "\"dev.parley.gateway.app.RunningGeneration\",\"level\":\"WARN\","
                        + "\"message\":\"attempt 1 failed\",\"threadName\":\"vert.x-1\","
                        + "\"mdc\":{\"request_id\":\"req_1\",\"trace_id\":\"0af7\"}}";

        assertThat(LogLine.readable(line))
                .isEqualTo(
                        "19:30:28.123 WARN  [RunningGeneration] attempt 1 failed"
                                + " request_id=req_1 trace_id=0af7");
    }

    @Test
    void aStackTraceStandsBelow() {
        String line =
                "{\"timestamp\":\"2026-11-23T19:30:28Z\",\"loggerName\":\"a.B\",\"level\":\"ERROR\","
                        + "\"message\":\"no\",\"stackTrace\":\"java.lang.Error\\n\\tat a.B\"}";

        assertThat(LogLine.readable(line).lines())
                .containsExactly("19:30:28Z ERROR [B] no", "java.lang.Error", "\tat a.B");
    }

    @Test
    void whatIsNoJsonStays() {
        assertThat(LogLine.readable("edge on http://127.0.0.1:8080"))
                .isEqualTo("edge on http://127.0.0.1:8080");
        assertThat(LogLine.readable("{\"timestamp\":\"2026-11-23T")).startsWith("{\"timestamp\"");
    }
}
