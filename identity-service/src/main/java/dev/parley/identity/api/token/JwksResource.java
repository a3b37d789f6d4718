package dev.parley.identity.api.token;

import dev.parley.identity.app.token.ReadSigningKeys;
import dev.parley.identity.business.token.SigningKey;
import dev.parley.identity.business.token.SigningKeyId;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.security.Anonymous;
import dev.parley.platform.web.Problem;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;

@Path("/oauth2/jwks")
@Tag(name = "OAuth")
class JwksResource {
    private final ReadSigningKeys readSigningKeys;

    @Inject
    JwksResource(ReadSigningKeys readSigningKeys) {
        this.readSigningKeys = readSigningKeys;
    }

    @GET
    @Anonymous
    @NonBlocking
    @Produces({MediaType.APPLICATION_JSON, "application/jwk-set+json"})
    @APIResponse(
            responseCode = "200",
            description = "The keys",
            content = @Content(schema = @Schema(implementation = KeySet.class)))
    @Operation(
            operationId = "listSigningKeys",
            summary = "The current, next and retired keys (RFC 7517)")
    public Response keys() {
        List<SigningKey> keys = readSigningKeys.handle();
        if (keys.isEmpty()) {
            return Problem.dependencyUnavailable().toResponse();
        }
        return Response.ok(Map.of("keys", keys.stream().map(JwksResource::parameters).toList()))
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=60")
                .build();
    }

    private static Map<String, Object> parameters(SigningKey key) {
        EllipticCurveJsonWebKey jwk =
                new EllipticCurveJsonWebKey((ECPublicKey) key.pair().getPublic());
        jwk.setKeyId(PublicId.format(SigningKeyId.PREFIX, key.id().value()));
        jwk.setUse("sig");
        jwk.setAlgorithm("ES256");
        return jwk.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }
}
