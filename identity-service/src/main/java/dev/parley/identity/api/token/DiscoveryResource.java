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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

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
    @Operation(summary = "Metadata of the authorization server (RFC 8414)")
    public Response oauth() {
        return answer(metadata());
    }

    @GET
    @Path("/openid-configuration")
    @NonBlocking
    @Operation(summary = "Metadata of the OpenID provider")
    public Response openId() {
        Map<String, Object> metadata = metadata();
        metadata.put("subject_types_supported", List.of("public"));
        metadata.put("id_token_signing_alg_values_supported", List.of("ES256"));
        return answer(metadata);
    }

    private Map<String, Object> metadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("issuer", issuer);
        metadata.put("token_endpoint", issuer + "/oauth2/token");
        metadata.put("jwks_uri", issuer + "/oauth2/jwks");
        metadata.put("revocation_endpoint", issuer + "/oauth2/revoke");
        metadata.put("introspection_endpoint", issuer + "/oauth2/introspect");
        metadata.put("response_types_supported", List.of());
        metadata.put(
                "grant_types_supported",
                List.of(
                        "refresh_token",
                        "client_credentials",
                        "urn:ietf:params:oauth:grant-type:token-exchange"));
        metadata.put(
                "token_endpoint_auth_methods_supported", List.of("client_secret_basic", "none"));
        metadata.put(
                "revocation_endpoint_auth_methods_supported",
                List.of("client_secret_basic", "none"));
        metadata.put(
                "introspection_endpoint_auth_methods_supported", List.of("client_secret_basic"));
        metadata.put("scopes_supported", Arrays.stream(Scope.values()).map(Scope::text).toList());
        return metadata;
    }

    private static Response answer(Map<String, Object> metadata) {
        return Response.ok(metadata)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=60")
                .build();
    }
}
