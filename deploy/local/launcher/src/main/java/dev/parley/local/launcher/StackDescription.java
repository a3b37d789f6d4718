package dev.parley.local.launcher;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs and where, as {@code stack.json} says it to programs that drive the stack.
 *
 * @param services each one's replicas, in their order
 * @param processes the process ids of all else, by name
 */
public record StackDescription(
        String edge,
        Provider provider,
        Map<String, List<Replica>> services,
        Postgres postgres,
        Kafka kafka,
        Map<String, Long> processes) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Who answers for the models.
     *
     * @param kind {@code ollama} or {@code simulated}
     */
    public record Provider(String kind, String url) {}

    /** One process of a service. */
    public record Replica(String url, String management, long pid) {}

    /** The server, by its superuser; {@code url} is JDBC's, of the database postgres. */
    public record Postgres(String url, String user, String password) {}

    /** The broker. */
    public record Kafka(String bootstrap) {}

    /** What is written there; nothing while a stack is being started or where none runs. */
    static Optional<StackDescription> read(Path file) throws IOException {
        try {
            return Optional.of(MAPPER.readValue(Files.readString(file), StackDescription.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    void write(Path file) throws IOException {
        PrivateFiles.write(
                file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }
}
