package dev.parley.identity.api.token;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The parameters of {@code POST /oauth2/token}, for the OpenAPI document alone. */
@Schema(name = "TokenRequest", description = "Which parameters go together says the grant type.")
record TokenForm(
        @Schema(
                        required = true,
                        enumeration = {
                            "client_credentials",
                            "refresh_token",
                            "urn:ietf:params:oauth:grant-type:token-exchange"
                        })
                String grantType,
        @Schema(description = "Space separated.") @Nullable String scope,
        @Nullable String clientId,
        @Nullable String refreshToken,
        @Nullable String subjectToken,
        @Schema(enumeration = {OAuthForm.ACCESS_TOKEN_TYPE, OAuthForm.API_KEY_TYPE})
                @Nullable String subjectTokenType,
        @Schema(enumeration = OAuthForm.ACCESS_TOKEN_TYPE) @Nullable String requestedTokenType,
        @Schema(enumeration = "parley-internal") @Nullable String audience) {

    /** The parameters of revocation and introspection. */
    @Schema(name = "PresentedToken")
    record Presented(
            @Schema(required = true) String token,
            @Schema(description = "Accepted without effect.") @Nullable String tokenTypeHint,
            @Nullable String clientId) {}
}
