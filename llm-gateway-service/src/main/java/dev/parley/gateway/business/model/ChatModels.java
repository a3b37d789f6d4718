package dev.parley.gateway.business.model;

import java.util.List;
import java.util.Optional;

/** The catalogue as this replica knows it; answers at once, without asking anyone. */
public interface ChatModels {
    /** The enabled model of that name, if there is one. */
    Optional<ChatModel> find(ModelId id);

    /** Every enabled model, by name. */
    List<ChatModel> all();

    /** Whether the catalogue was read at least once. */
    boolean loaded();

    /** Reads the catalogue anew. */
    void load();

    /** Adds what the catalogue does not have yet, marks what the provider has and has not. */
    void keep(List<DiscoveredModel> discovered);
}
