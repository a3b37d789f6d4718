package dev.parley.gateway.api.generation;

import dev.parley.gateway.app.generation.ReadPayload;
import dev.parley.platform.audit.Audited;
import dev.parley.platform.security.Access;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.web.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The log of payloads, as each organization's policy kept them. */
@Path("/v1/gateway/payloads")
@Access(scopes = "audit:read")
@Produces(MediaType.APPLICATION_JSON)
public class PayloadsResource {
    private static final int LONGEST_ID = 128;

    private final ReadPayload readPayload;
    private final CurrentCaller caller;

    @Inject
    PayloadsResource(ReadPayload readPayload, CurrentCaller caller) {
        this.readPayload = readPayload;
        this.caller = caller;
    }

    @GET
    @Path("/{request_id}")
    @Audited(action = "payload.read", resource = "payload", id = "request_id")
    @RunOnVirtualThread
    @Operation(
            operationId = "getPayload",
            summary = "What was kept of a call, by the id of its request, call or response")
    @APIResponse(
            responseCode = "200",
            description = "The call; its text where the organization's policy kept it",
            content = @Content(schema = @Schema(implementation = PayloadView.class)))
    public Response get(@PathParam("request_id") String id) {
        if (id.length() > LONGEST_ID) {
            throw Problem.notFound().asException();
        }
        return readPayload
                .handle(caller.get(), id)
                .map(
                        kept ->
                                Response.ok(PayloadView.of(kept))
                                        .header("Cache-Control", "no-store")
                                        .build())
                .orElseThrow(() -> Problem.notFound().asException());
    }
}
