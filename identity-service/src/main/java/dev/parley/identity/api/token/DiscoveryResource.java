package dev.parley.identity.api.token;

import dev.parley.identity.business.account.Scope;
import dev.parley.platform.security.Anonymous;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What this issuer can do; it names only endpoints that there are. */
@Path("/.well-known")
@Tag(name = "OAuth")
@Anonymous
@Produces(MediaType.APPLICATION_JSON)
class DiscoveryResource {
    private final String issuer;

    @Inject
    DiscoveryResource(@ConfigProperty(name = "parley.issuer") String issuer) {
        this.issuer = issuer;
    }

    @GET
    @Path("/oauth-authorization-server")
    @NonBlocking
    @Operation(
            operationId = "getAuthorizationServerMetadata",
            summary = "Metadata of the authorization server (RFC 8414)")
    @APIResponse(
            responseCode = "200",
            description = "The metadata",
            content = @Content(schema = @Schema(implementation = IssuerMetadata.class)))
    public Response oauth() {
        return answer(metadata(null, null));
    }

    @GET
    @Path("/openid-configuration")
    @NonBlocking
    @Operation(operationId = "getOpenIdConfiguration", summary = "Metadata of the OpenID provider")
    @APIResponse(
            responseCode = "200",
            description = "The metadata",
            content = @Content(schema = @Schema(implementation = IssuerMetadata.class)))
    public Response openId() {
        return answer(metadata(List.of("public"), List.of("ES256")));
    }

    private IssuerMetadata metadata(
            @Nullable List<String> subjectTypes, @Nullable List<String> idTokenAlgorithms) {
        return new IssuerMetadata(
                issuer,
                issuer + "/oauth2/token",
                issuer + "/oauth2/jwks",
                issuer + "/oauth2/revoke",
                issuer + "/oauth2/introspect",
                List.of(),
                List.of(
                        "refresh_token",
                        "client_credentials",
                        "urn:ietf:params:oauth:grant-type:token-exchange"),
                List.of("client_secret_basic", "none"),
                List.of("client_secret_basic", "none"),
                List.of("client_secret_basic"),
                Arrays.stream(Scope.values()).map(Scope::text).toList(),
                subjectTypes,
                idTokenAlgorithms);
    }

    private static Response answer(IssuerMetadata metadata) {
        return Response.ok(metadata)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=60")
                .build();
    }
}
