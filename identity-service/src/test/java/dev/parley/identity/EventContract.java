package dev.parley.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The published schema of one type of event, as far as our schemas use JSON Schema. */
record EventContract(String type, JsonNode schema, JsonNode example) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Path.of("contracts", "events");

    static EventContract of(String fact) throws IOException {
        String type = "dev.parley.identity." + fact + ".v1";
        return new EventContract(
                type,
                JSON.readTree(FOLDER.resolve(type + ".schema.json").toFile()),
                JSON.readTree(FOLDER.resolve(type + ".example.json").toFile()));
    }

    /** What is wrong with some data, in sentences; nothing when it keeps the contract. */
    List<String> faultsOf(JsonNode data) {
        List<String> faults = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        data.fieldNames().forEachRemaining(names::add);
        schema.path("required")
                .forEach(
                        name -> {
                            if (!names.contains(name.asText())) {
                                faults.add(name.asText() + " is missing");
                            }
                        });
        for (String name : names) {
            JsonNode property = schema.path("properties").path(name);
            if (property.isMissingNode()) {
                faults.add(name + " is not in the schema");
            } else {
                check(name, property, data.path(name), faults);
            }
        }
        return faults;
    }

    private static void check(String name, JsonNode property, JsonNode value, List<String> faults) {
        boolean nullable = property.path("type").toString().contains("\"null\"");
        if (value.isNull()) {
            if (!nullable) {
                faults.add(name + " is null");
            }
            return;
        }
        if (!value.isTextual()) {
            faults.add(name + " is no text");
            return;
        }
        String text = value.asText();
        if (property.has("pattern")
                && !Pattern.compile(property.path("pattern").asText()).matcher(text).find()) {
            faults.add(name + " does not match: " + text);
        }
        if (property.has("enum") && !property.path("enum").toString().contains('"' + text + '"')) {
            faults.add(name + " is not one of the values: " + text);
        }
    }
}
