package dev.parley.conversation.storage.context;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.parley.platform.web.PropagateIds;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The gateway's catalogue of models. */
@RegisterRestClient(configKey = "gateway")
@RegisterProvider(PropagateIds.class)
interface GatewayCatalogue {
    @GET
    @Path("/internal/models")
    Uni<Models> models(@HeaderParam("Authorization") String token);

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Models(List<Model> data) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Model(String id, long contextWindow, long defaultOutputTokens) {}
}
