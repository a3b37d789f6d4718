package dev.parley.identity.api.token;

import dev.parley.identity.app.token.ExchangeToken;
import dev.parley.identity.app.token.IssueClientToken;
import dev.parley.identity.app.token.RefreshSession;
import dev.parley.identity.business.credential.Client;
import dev.parley.identity.business.credential.ClientId;
import dev.parley.identity.business.token.Audience;
import dev.parley.platform.security.Anonymous;
import dev.parley.platform.telemetry.TraceTags;
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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/oauth2/token")
@SecurityScheme(
        securitySchemeName = "client",
        type = SecuritySchemeType.HTTP,
        scheme = "basic",
        description =
                "client_secret_basic; the first-party client has no secret and sends client_id")
@Tag(name = "OAuth")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
class TokenEndpoint {
    private static final String TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

    private final OAuthClients clients;
    private final IssueClientToken issueClientToken;
    private final RefreshSession refreshSession;
    private final ExchangeToken exchangeToken;

    @Inject
    TokenEndpoint(
            OAuthClients clients,
            IssueClientToken issueClientToken,
            RefreshSession refreshSession,
            ExchangeToken exchangeToken) {
        this.clients = clients;
        this.issueClientToken = issueClientToken;
        this.refreshSession = refreshSession;
        this.exchangeToken = exchangeToken;
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
                            schema = @Schema(implementation = TokenForm.class)))
    @Operation(
            operationId = "issueToken",
            summary = "Get a token: client_credentials, refresh_token or RFC 8693 exchange")
    @APIResponse(
            responseCode = "200",
            description = "The tokens",
            content = @Content(schema = @Schema(implementation = TokenAnswer.class)))
    @APIResponse(
            responseCode = "400",
            description = "An OAuth error",
            content = @Content(schema = @Schema(implementation = OAuthError.class)))
    @APIResponse(
            responseCode = "401",
            description = "The client is not known",
            content = @Content(schema = @Schema(implementation = OAuthError.class)))
    public Response token(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION)
                    @Nullable String authorization,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE)
                    @Nullable String contentType,
            @HeaderParam("baggage") @Parameter(hidden = true) @Nullable String baggage,
            @Nullable String body) {
        OAuthForm form = OAuthForm.parse(contentType, body == null ? "" : body);
        return switch (form.required("grant_type")) {
            case "client_credentials" ->
                    clientCredentials(clients.confidential(authorization), form);
            case "refresh_token" -> refresh(clients.any(authorization, form), form);
            case TOKEN_EXCHANGE -> exchange(clients.confidential(authorization), form, baggage);
            default ->
                    new OAuthError("unsupported_grant_type", "This grant type is not supported.")
                            .toResponse();
        };
    }

    private Response clientCredentials(Client client, OAuthForm form) {
        return switch (issueClientToken.handle(client, form.scopes())) {
            case IssueClientToken.Outcome.Issued issued -> TokenAnswer.of(issued.grant());
            case IssueClientToken.Outcome.ScopeRefused ignored ->
                    OAuthError.invalidScope().toResponse();
        };
    }

    private Response refresh(ClientId client, OAuthForm form) {
        if (!client.equals(ClientId.FIRST_PARTY)) {
            return OAuthError.invalidGrant("The refresh token was issued to another client.")
                    .toResponse();
        }
        return switch (refreshSession.handle(form.required("refresh_token"))) {
            case RefreshSession.Outcome.Refreshed refreshed -> TokenAnswer.of(refreshed.grant());
            case RefreshSession.Outcome.Refused ignored ->
                    OAuthError.invalidGrant("The refresh token is not valid.").toResponse();
        };
    }

    private Response exchange(Client client, OAuthForm form, @Nullable String baggage) {
        return switch (client) {
            case Client.Operator ignored ->
                    OAuthError.unauthorizedClient("Only services exchange tokens.").toResponse();
            case Client.Service service -> {
                TraceTags.accept(baggage);
                yield exchangeFor(service, form);
            }
        };
    }

    private Response exchangeFor(Client.Service service, OAuthForm form) {
        for (String unsupported : List.of("actor_token", "actor_token_type", "resource")) {
            if (form.get(unsupported).isPresent()) {
                return OAuthError.invalidRequest(unsupported + " is not supported.").toResponse();
            }
        }
        if (form.get("requested_token_type")
                .filter(type -> !type.equals(OAuthForm.ACCESS_TOKEN_TYPE))
                .isPresent()) {
            return OAuthError.invalidRequest("Only access tokens are issued.").toResponse();
        }
        if (!form.required("audience").equals(Audience.SERVICES.text())) {
            return new OAuthError("invalid_target", "The audience has to be parley-internal.")
                    .toResponse();
        }
        String subject = form.required("subject_token");
        ExchangeToken.Presented presented =
                switch (form.required("subject_token_type")) {
                    case OAuthForm.ACCESS_TOKEN_TYPE -> new ExchangeToken.Presented.Token(subject);
                    case OAuthForm.API_KEY_TYPE -> new ExchangeToken.Presented.Key(subject);
                    default ->
                            throw OAuthError.invalidRequest("This token type is not supported.")
                                    .asException();
                };
        ExchangeToken.Command command =
                new ExchangeToken.Command(service.id(), presented, form.scopes());
        return switch (exchangeToken.handle(command)) {
            case ExchangeToken.Outcome.Exchanged exchanged ->
                    TokenAnswer.exchanged(exchanged.grant());
            case ExchangeToken.Outcome.SubjectRefused refused ->
                    OAuthError.invalidGrant(refused.why()).toResponse();
            case ExchangeToken.Outcome.ScopeRefused ignored ->
                    OAuthError.invalidScope().toResponse();
        };
    }
}
