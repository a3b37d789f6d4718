package dev.parley.testing.peers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a producer promises about one type of event: a JSON Schema, read strictly (no members beyond
 * those it names), and examples.
 */
public final class EventContract {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMA = ".schema.json";
    private static final String EXAMPLE = "example.json";

    private final Path folder;
    private final String type;
    private final JsonSchema schema;

    private EventContract(Path folder, String type) {
        this.folder = folder;
        this.type = type;
        JsonNode document = parse(read(folder.resolve(type + SCHEMA)));
        ((ObjectNode) document).put("additionalProperties", false);
        this.schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(
                                document,
                                SchemaValidatorsConfig.builder()
                                        .formatAssertionsEnabled(true)
                                        .build());
    }

    /** The contract of this module's own event. */
    public static EventContract own(String type) {
        return new EventContract(Path.of("contracts", "events"), type);
    }

    /** All contracts of a module, by type; its folder lies beside this module's own. */
    public static Map<String, EventContract> allOf(String module) {
        Path folder = Path.of("..", module, "contracts", "events");
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SCHEMA))
                    .map(name -> name.substring(0, name.length() - SCHEMA.length()))
                    .collect(
                            Collectors.toMap(
                                    Function.identity(),
                                    type -> new EventContract(folder, type),
                                    (one, other) -> one,
                                    TreeMap::new));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public String type() {
        return type;
    }

    /** The examples, by their files' names. */
    public Map<String, String> examples() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(this::isExample)
                    .collect(
                            Collectors.toMap(
                                    file -> file.getFileName().toString(),
                                    EventContract::read,
                                    (one, other) -> one,
                                    TreeMap::new));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What is wrong with an event's data, in sentences; nothing when it keeps the contract. */
    public List<String> faultsOf(String data) {
        return schema.validate(parse(data)).stream()
                .map(ValidationMessage::getMessage)
                .sorted()
                .toList();
    }

    private boolean isExample(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(type + ".") && name.endsWith(EXAMPLE);
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
