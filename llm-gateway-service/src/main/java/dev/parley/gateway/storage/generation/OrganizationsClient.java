package dev.parley.gateway.storage.generation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.platform.web.PropagateIds;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** identity's answer to what an organization wants. */
@RegisterRestClient(configKey = "identity")
@RegisterProvider(PropagateIds.class)
interface OrganizationsClient {
    @GET
    @Path("/internal/organizations/{id}/policies")
    Uni<Policies> policies(
            @HeaderParam("Authorization") String bearer, @PathParam("id") String organization);

    /** As far as it concerns payloads. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Policies(@JsonProperty("payload_logging") PayloadLogging payloadLogging) {}

    /** How much is kept, and for how many days. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record PayloadLogging(
            @JsonProperty("mode") String mode,
            @JsonProperty("time_to_live_days") int timeToLiveDays) {}
}
