package dev.parley.testing.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A running local stack, as its {@code stack.json} and the {@code demo.env} beside it describe it.
 *
 * @param base the edge's, ending in {@code /v1}
 */
record Stack(
        URI base,
        URI provider,
        String apiKey,
        List<Service> services,
        OptionalInt postgresPort,
        OptionalInt kafkaPort) {
    private static final Pattern PORT = Pattern.compile(":(\\d{2,5})(?!\\d)");

    /** One replica. */
    record Service(String name, long pid) {}

    Stack {
        services = List.copyOf(services);
    }

    static Stack read(Path stackJson) throws IOException {
        JsonNode json = new ObjectMapper().readTree(Files.readString(stackJson));
        if (!json.path("provider").path("kind").asText().equals("simulated")) {
            throw new IllegalArgumentException(
                    stackJson + ": not against the simulated provider; `up --provider simulated`");
        }
        String apiKey =
                variable(Files.readAllLines(stackJson.resolveSibling("demo.env")), "PARLEY_API_KEY")
                        .orElseThrow(
                                () -> new IllegalArgumentException("demo.env: no PARLEY_API_KEY"));
        return new Stack(
                URI.create(json.path("edge").asText()).resolve("/v1"),
                URI.create(json.path("provider").path("url").asText()),
                apiKey,
                services(json.path("services")),
                port(json.path("postgres").path("url").asText()),
                port(json.path("kafka").path("bootstrap").asText()));
    }

    private static List<Service> services(JsonNode json) {
        List<Service> services = new ArrayList<>();
        for (Map.Entry<String, JsonNode> service : json.properties()) {
            for (JsonNode replica : service.getValue()) {
                services.add(new Service(service.getKey(), replica.path("pid").asLong()));
            }
        }
        return services;
    }

    /** The first port that a URL or an address names. */
    static OptionalInt port(String address) {
        Matcher matcher = PORT.matcher(address);
        return matcher.find()
                ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
                : OptionalInt.empty();
    }

    /** The value of a line {@code NAME=value} or {@code export NAME='value'}. */
    static Optional<String> variable(List<String> lines, String name) {
        Pattern line = Pattern.compile("(?:export\\s+)?" + name + "=([\"']?)(.*)\\1");
        return lines.stream()
                .map(text -> line.matcher(text.strip()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(2))
                .findFirst();
    }
}
