package dev.parley.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a process has logged, a JSON object a line. */
record LogLines(Path file) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of the application in the tests' own process. */
    static LogLines own() {
        return new LogLines(Path.of("target", "log", "conversation-service.json"));
    }

    /** The first line like that, as soon as it is there. */
    JsonNode await(Predicate<JsonNode> wanted) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            Optional<JsonNode> line = find(wanted);
            if (line.isPresent()) {
                return line.get();
            }
            Thread.sleep(50);
        }
        throw new AssertionError("no such line in " + file);
    }

    private Optional<JsonNode> find(Predicate<JsonNode> wanted) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(LogLines::parse)
                    .filter(line -> line != null && wanted.test(line))
                    .findFirst();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Null for what is no JSON, or not written to its end. */
    private static @Nullable JsonNode parse(String line) {
        try {
            return line.startsWith("{") ? JSON.readTree(line) : null;
        } catch (JsonProcessingException incomplete) {
            return null;
        }
    }
}
