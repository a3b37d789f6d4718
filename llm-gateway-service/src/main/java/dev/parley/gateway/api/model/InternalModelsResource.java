package dev.parley.gateway.api.model;

import dev.parley.gateway.app.model.ListModels;
import dev.parley.gateway.business.model.ChatModel;
import dev.parley.platform.security.Internal;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What the context plan needs to know of each model. */
@Path("/internal/models")
@Internal(Internal.Kind.SERVICE)
@Produces(MediaType.APPLICATION_JSON)
public class InternalModelsResource {
    private final ListModels listModels;

    @Inject
    InternalModelsResource(ListModels listModels) {
        this.listModels = listModels;
    }

    /** Every model. */
    record ModelsView(List<ModelFacts> data) {}

    /** One. */
    record ModelFacts(
            String id,
            String tier,
            long contextWindow,
            long defaultOutputTokens,
            List<String> capabilities) {

        static ModelFacts of(ChatModel model) {
            return new ModelFacts(
                    model.id().value(),
                    model.tier().name().toLowerCase(Locale.ROOT),
                    model.contextWindow().count(),
                    model.defaultOutput().count(),
                    ModelView.capabilities(model));
        }
    }

    @GET
    @NonBlocking
    @Operation(hidden = true)
    public ModelsView list() {
        return new ModelsView(listModels.handle().stream().map(ModelFacts::of).toList());
    }
}
