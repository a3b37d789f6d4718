package dev.parley.gateway.storage.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.platform.web.PropagateIds;
import dev.parley.platform.web.StrictJson;
import io.quarkus.rest.client.reactive.jackson.ClientObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** What usage-billing tells of an organization's plan. */
@RegisterRestClient(configKey = "usage-billing")
@RegisterProvider(PropagateIds.class)
@Path("/internal/entitlements")
interface EntitlementsClient {
    @GET
    @Path("/{organization}")
    Uni<Entitlement> get(
            @HeaderParam("Authorization") String bearer,
            @PathParam("organization") String organization,
            @QueryParam("guest") boolean guest);

    @ClientObjectMapper
    static ObjectMapper mapper(ObjectMapper strict) {
        return StrictJson.tolerant(strict);
    }

    /** What a plan covers now. */
    record Entitlement(@Nullable List<String> tiers) {}
}
