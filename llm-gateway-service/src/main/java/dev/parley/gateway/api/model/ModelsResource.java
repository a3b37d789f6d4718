package dev.parley.gateway.api.model;

import dev.parley.gateway.app.model.FindModel;
import dev.parley.gateway.app.model.ListUsableModels;
import dev.parley.gateway.business.model.ModelId;
import dev.parley.platform.security.Access;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.Refuses;
import dev.parley.platform.web.RequestContext;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** OpenAI's list of models. */
@Path("/v1/models")
@Tag(name = "Models")
@Access
@Produces(MediaType.APPLICATION_JSON)
public class ModelsResource {
    private final ListUsableModels listUsableModels;
    private final FindModel findModel;
    private final CurrentCaller currentCaller;

    @Inject
    ModelsResource(
            ListUsableModels listUsableModels, FindModel findModel, CurrentCaller currentCaller) {
        this.listUsableModels = listUsableModels;
        this.findModel = findModel;
        this.currentCaller = currentCaller;
    }

    @GET
    @NonBlocking
    @Operation(operationId = "listModels", summary = "List the models that the caller may use")
    public Uni<ModelView.ListView> list() {
        return RequestContext.stay(listUsableModels.handle(currentCaller.get()))
                .map(
                        usable ->
                                new ModelView.ListView(
                                        "list", usable.stream().map(ModelView::of).toList()))
                .onFailure()
                .transform(unknown -> Problem.dependencyUnavailable().asException());
    }

    @GET
    @Path("/{id: .+}")
    @NonBlocking
    @Refuses("404 model_not_found")
    @Operation(operationId = "retrieveModel", summary = "Read a model")
    public ModelView get(@PathParam("id") String id) {
        if (id.isBlank()) {
            throw unknown();
        }
        return findModel
                .handle(new ModelId(id))
                .map(ModelView::of)
                .orElseThrow(ModelsResource::unknown);
    }

    private static RuntimeException unknown() {
        return Problem.of(404, "model_not_found", "There is no such model.")
                .withParam("model")
                .asException();
    }
}
