package dev.parley.gateway.api.model;

import dev.parley.gateway.business.model.ChatModel;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A model in OpenAI's shape, and what that lacks. */
@Schema(name = "Model")
record ModelView(String id, String object, long created, String ownedBy, ParleyView parley) {
    /** What OpenAI's shape lacks. */
    @Schema(name = "ModelFacts")
    record ParleyView(String tier, long contextWindow, List<String> capabilities) {}

    /** Every model, not paged, as OpenAI does it. */
    @Schema(name = "ModelList")
    record ListView(String object, List<ModelView> data) {}

    static ModelView of(ChatModel model) {
        return new ModelView(
                model.id().value(),
                "model",
                model.createdAt().getEpochSecond(),
                model.provider(),
                new ParleyView(
                        model.tier().name().toLowerCase(Locale.ROOT),
                        model.contextWindow().count(),
                        capabilities(model)));
    }

    static List<String> capabilities(ChatModel model) {
        return model.capabilities().stream()
                .map(capability -> capability.name().toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
    }
}
