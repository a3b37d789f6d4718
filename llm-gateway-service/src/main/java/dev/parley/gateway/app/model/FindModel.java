package dev.parley.gateway.app.model;

import dev.parley.gateway.business.model.ChatModel;
import dev.parley.gateway.business.model.ChatModels;
import dev.parley.gateway.business.model.ModelId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Finds a model on offer by its name. */
@ApplicationScoped
public class FindModel {
    private final ChatModels models;

    @Inject
    FindModel(ChatModels models) {
        this.models = models;
    }

    /** Empty when there is none of that name. */
    public Optional<ChatModel> handle(ModelId id) {
        return models.find(id);
    }
}
