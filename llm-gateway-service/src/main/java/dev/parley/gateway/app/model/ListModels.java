package dev.parley.gateway.app.model;

import dev.parley.gateway.business.model.ChatModel;
import dev.parley.gateway.business.model.ChatModels;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Lists the models on offer; which of them a caller's plan covers, the reservation decides. */
@ApplicationScoped
public class ListModels {
    private final ChatModels models;

    @Inject
    ListModels(ChatModels models) {
        this.models = models;
    }

    /** By name. */
    public List<ChatModel> handle() {
        return models.all();
    }
}
