package dev.parley.conversation.storage.context;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.parley.platform.security.IssuerClient;
import dev.parley.platform.web.PropagateIds;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** The gateway's catalogue of models. */
@RegisterRestClient(configKey = "gateway")
@RegisterProvider(PropagateIds.class)
interface GatewayCatalogue {
    @GET
    @Path("/internal/models")
    Uni<Models> models(@HeaderParam("Authorization") String token);

    @GET
    @Path("/internal/changes")
    Uni<IssuerClient.ChangesAnswer> changes(
            @HeaderParam("Authorization") String token, @QueryParam("after") @Nullable Long after);

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Models(List<Model> data) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Model(String id, long contextWindow, long defaultOutputTokens) {}
}
