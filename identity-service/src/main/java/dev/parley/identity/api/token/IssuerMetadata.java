package dev.parley.identity.api.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RFC 8414's metadata; the last two members are OpenID Connect Discovery's. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record IssuerMetadata(
        String issuer,
        String tokenEndpoint,
        String jwksUri,
        String revocationEndpoint,
        String introspectionEndpoint,
        List<String> responseTypesSupported,
        List<String> grantTypesSupported,
        List<String> tokenEndpointAuthMethodsSupported,
        List<String> revocationEndpointAuthMethodsSupported,
        List<String> introspectionEndpointAuthMethodsSupported,
        List<String> scopesSupported,
        @Nullable List<String> subjectTypesSupported,
        @Nullable List<String> idTokenSigningAlgValuesSupported) {}
