package dev.parley.local.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who answers for the models: an Ollama that runs already, or the simulated provider that the stack
 * brings.
 *
 * @param models by name; the first is the one for examples
 */
record ModelProvider(Kind kind, String url, List<String> models) {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int OLLAMA_PORT = 11_434;

    enum Kind {
        OLLAMA("ollama"),
        SIMULATED("simulated");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    ModelProvider {
        models = List.copyOf(models);
    }

    static ModelProvider simulated(int port) {
        return new ModelProvider(Kind.SIMULATED, "http://127.0.0.1:" + port, List.of("simulated"));
    }

    String defaultModel() {
        return models.getFirst();
    }

    /** Keeps the choice where one was made, and else sees who is there. */
    static ModelProvider choose(ProviderChoice choice, String ollamaHost, int simulatedPort) {
        return switch (choice) {
            case SIMULATED -> simulated(simulatedPort);
            case WHICH_ANSWERS ->
                    ollama(ollamaHost)
                            .filter(found -> !found.models().isEmpty())
                            .orElseGet(() -> simulated(simulatedPort));
            case OLLAMA -> {
                ModelProvider found =
                        ollama(ollamaHost)
                                .orElseThrow(
                                        () ->
                                                new StackFailure(
                                                        "No Ollama answers at "
                                                                + address(ollamaHost)
                                                                + "; start one, or set"
                                                                + " OLLAMA_HOST"));
                if (found.models().isEmpty()) {
                    throw new StackFailure(
                            "The Ollama at " + found.url() + " has no model: ollama pull one");
                }
                yield found;
            }
        };
    }

    private static Optional<ModelProvider> ollama(String host) {
        String url = address(host);
        try {
            Origin.Answer tags = new Origin(url, PATIENCE).get("/api/tags");
            if (!tags.succeeded() || !tags.body().path("models").isArray()) {
                return Optional.empty();
            }
            List<String> models = new ArrayList<>();
            for (JsonNode model : tags.body().path("models")) {
                models.add(model.path("name").asText());
            }
            return Optional.of(new ModelProvider(Kind.OLLAMA, url, models));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@code OLLAMA_HOST} as Ollama itself reads it: scheme and port may be left out. */
    static String address(String host) {
        if (host.isBlank()) {
            return "http://127.0.0.1:" + OLLAMA_PORT;
        }
        String trimmed = host.strip();
        URI uri = URI.create(trimmed.contains("://") ? trimmed : "http://" + completed(trimmed));
        String name = "0.0.0.0".equals(uri.getHost()) ? "127.0.0.1" : uri.getHost();
        int port = uri.getPort();
        if (port < 0) {
            port =
                    switch (String.valueOf(uri.getScheme())) {
                        case "https" -> 443;
                        case "http" -> trimmed.contains("://") ? 80 : OLLAMA_PORT;
                        default -> OLLAMA_PORT;
                    };
        }
        return uri.getScheme() + "://" + name + ":" + port;
    }

    private static String completed(String host) {
        return host.startsWith(":") ? "127.0.0.1" + host : host;
    }
}
