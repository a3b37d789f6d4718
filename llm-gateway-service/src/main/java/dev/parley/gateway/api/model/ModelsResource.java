package dev.parley.gateway.api.model;

import dev.parley.gateway.app.model.FindModel;
import dev.parley.gateway.app.model.ListModels;
import dev.parley.gateway.business.model.ModelId;
import dev.parley.platform.security.Access;
import dev.parley.platform.web.Problem;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** OpenAI's list of models. */
@Path("/v1/models")
@Access
@Produces(MediaType.APPLICATION_JSON)
public class ModelsResource {
    private final ListModels listModels;
    private final FindModel findModel;

    @Inject
    ModelsResource(ListModels listModels, FindModel findModel) {
        this.listModels = listModels;
        this.findModel = findModel;
    }

    @GET
    @NonBlocking
    @Operation(operationId = "listModels", summary = "Lists the models on offer")
    public ModelView.ListView list() {
        return new ModelView.ListView(
                "list", listModels.handle().stream().map(ModelView::of).toList());
    }

    @GET
    @Path("/{id: .+}")
    @NonBlocking
    @Operation(operationId = "retrieveModel", summary = "Shows one model")
    public ModelView get(@PathParam("id") String id) {
        return findModel
                .handle(new ModelId(id))
                .map(ModelView::of)
                .orElseThrow(
                        () ->
                                Problem.of(404, "model_not_found", "There is no such model.")
                                        .withParam("model")
                                        .asException());
    }
}
