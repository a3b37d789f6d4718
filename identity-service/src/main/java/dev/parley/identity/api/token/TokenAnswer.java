package dev.parley.identity.api.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.identity.app.token.Grant;
import dev.parley.identity.business.account.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** RFC 6749's token response (5.1), with RFC 8693's member for exchanges. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "TokenResponse")
record TokenAnswer(
        String accessToken,
        @Nullable String issuedTokenType,
        String tokenType,
        long expiresIn,
        @Nullable String refreshToken,
        @Nullable String scope) {

    static Response of(Grant grant) {
        return answer(grant, null);
    }

    static Response exchanged(Grant grant) {
        return answer(grant, OAuthForm.ACCESS_TOKEN_TYPE);
    }

    private static Response answer(Grant grant, @Nullable String issuedTokenType) {
        String scope =
                grant.token().scopes().stream()
                        .map(Scope::text)
                        .sorted()
                        .collect(Collectors.joining(" "));
        return Response.ok(
                        new TokenAnswer(
                                grant.signed().jwt(),
                                issuedTokenType,
                                "Bearer",
                                grant.token().life().toSeconds(),
                                grant.refreshToken().orElse(null),
                                scope.isEmpty() ? null : scope))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Pragma", "no-cache")
                .build();
    }

    @Override
    public String toString() {
        return "TokenAnswer[…]";
    }
}
