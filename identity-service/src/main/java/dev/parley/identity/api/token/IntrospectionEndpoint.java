package dev.parley.identity.api.token;

import dev.parley.identity.app.token.IntrospectToken;
import dev.parley.platform.security.Anonymous;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/oauth2/introspect")
@Tag(name = "OAuth")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
class IntrospectionEndpoint {
    private final OAuthClients clients;
    private final IntrospectToken introspectToken;
    private final String issuer;

    @Inject
    IntrospectionEndpoint(
            OAuthClients clients,
            IntrospectToken introspectToken,
            @ConfigProperty(name = "parley.issuer") String issuer) {
        this.clients = clients;
        this.introspectToken = introspectToken;
        this.issuer = issuer;
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
    @Operation(
            operationId = "introspectToken",
            summary = "Ask whether a token is good (RFC 7662); for confidential clients")
    @APIResponse(
            responseCode = "200",
            description = "Whether it is, and what it says",
            content = @Content(schema = @Schema(implementation = Introspection.class)))
    @APIResponse(
            responseCode = "400",
            description = "An OAuth error",
            content = @Content(schema = @Schema(implementation = OAuthError.class)))
    @APIResponse(
            responseCode = "401",
            description = "The client is not known",
            content = @Content(schema = @Schema(implementation = OAuthError.class)))
    public Response introspect(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION)
                    @Nullable String authorization,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE)
                    @Nullable String contentType,
            @Nullable String body) {
        OAuthForm form = OAuthForm.parse(contentType, body == null ? "" : body);
        clients.confidential(authorization);
        Introspection answer =
                switch (introspectToken.handle(form.required("token"))) {
                    case IntrospectToken.Outcome.Inactive ignored -> Introspection.inactive();
                    case IntrospectToken.Outcome.ActiveRefreshToken refresh ->
                            Introspection.of(refresh.session(), issuer);
                    case IntrospectToken.Outcome.ActiveAccessToken access ->
                            Introspection.of(access.token(), issuer);
                };
        return Response.ok(answer).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
