package dev.parley.local.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** A line of a service's log, as a person reads it; what is no JSON stays as it is. */
final class LogLine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> IDS =
            List.of("request_id", "trace_id", "organization", "subject");

    private LogLine() {}

    static String readable(String line) {
        if (!line.startsWith("{\"timestamp\"")) {
            return line;
        }
        try {
            return readable(JSON.readTree(line));
        } catch (JsonProcessingException halfWritten) {
            return line;
        }
    }

    private static String readable(JsonNode line) {
        String timestamp = line.path("timestamp").asText();
        int date = timestamp.indexOf('T');
        StringBuilder text =
                new StringBuilder(timestamp.substring(date + 1).replaceFirst("(\\.\\d{3}).*", "$1"))
                        .append(' ')
                        .append("%-5s".formatted(line.path("level").asText()))
                        .append(" [")
                        .append(lastName(line.path("loggerName").asText()))
                        .append("] ")
                        .append(line.path("message").asText());
        for (String id : IDS) {
            if (line.path("mdc").has(id)) {
                text.append(' ').append(id).append('=').append(line.at("/mdc/" + id).asText());
            }
        }
        if (line.has("stackTrace")) {
            text.append(System.lineSeparator()).append(line.path("stackTrace").asText().strip());
        }
        return text.toString();
    }

    private static String lastName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
