package dev.parley.identity.api.token;

import dev.parley.identity.app.token.RevokeToken;
import dev.parley.platform.security.Anonymous;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/oauth2/revoke")
@Tag(name = "OAuth")
@Consumes(MediaType.WILDCARD)
class RevocationEndpoint {
    private final OAuthClients clients;
    private final RevokeToken revokeToken;

    @Inject
    RevocationEndpoint(OAuthClients clients, RevokeToken revokeToken) {
        this.clients = clients;
        this.revokeToken = revokeToken;
    }

    @POST
    @Anonymous
    @RunOnVirtualThread
    @SecurityRequirement(name = "client")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                            schema = @Schema(implementation = TokenForm.Presented.class)))
    @APIResponse(
            responseCode = "200",
            description = "It is revoked, or was not there",
            content = @Content)
    @Operation(
            operationId = "revokeToken",
            summary = "Revoke an access or refresh token (RFC 7009)")
    @APIResponse(
            responseCode = "400",
            description = "An OAuth error",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = OAuthError.class)))
    @APIResponse(
            responseCode = "401",
            description = "The client is not known",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = OAuthError.class)))
    public Response revoke(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION)
                    @Nullable String authorization,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE)
                    @Nullable String contentType,
            @Nullable String body) {
        OAuthForm form = OAuthForm.parse(contentType, body == null ? "" : body);
        return switch (revokeToken.handle(
                clients.any(authorization, form), form.required("token"))) {
            case RevokeToken.Outcome.Done ignored -> Response.ok().build();
            case RevokeToken.Outcome.NotYours ignored ->
                    OAuthError.unauthorizedClient("The token was issued to another client.")
                            .toResponse();
        };
    }
}
