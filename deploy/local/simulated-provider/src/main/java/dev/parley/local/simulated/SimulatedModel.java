package dev.parley.local.simulated;

import java.util.List;
import java.util.Optional;

/**
 * A model that the provider offers.
 *
 * @param contextWindow tokens of prompt and answer together
 */
record SimulatedModel(String name, int contextWindow) {
    static final List<SimulatedModel> ALL =
            List.of(
                    new SimulatedModel("simulated", 8_192),
                    new SimulatedModel("simulated-premium", 32_768));
    static final int EMBEDDING_LENGTH = 384;

    /** Like Ollama, takes a name with and without its tag {@code latest}. */
    static Optional<SimulatedModel> named(String name) {
        String plain =
                name.endsWith(":latest")
                        ? name.substring(0, name.length() - ":latest".length())
                        : name;
        return ALL.stream().filter(model -> model.name.equals(plain)).findFirst();
    }
}
