package dev.parley.identity.api.token;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** RFC 6749's error response (5.2). */
@RegisterForReflection
record OAuthError(String error, String errorDescription) {

    static OAuthError invalidRequest(String why) {
        return new OAuthError("invalid_request", why);
    }

    static OAuthError invalidClient() {
        return new OAuthError("invalid_client", "No such client, or not its secret.");
    }

    static OAuthError invalidGrant(String why) {
        return new OAuthError("invalid_grant", why);
    }

    static OAuthError invalidScope() {
        return new OAuthError("invalid_scope", "The scope is unknown or more than is allowed.");
    }

    static OAuthError unauthorizedClient(String why) {
        return new OAuthError("unauthorized_client", why);
    }

    Response toResponse() {
        boolean unauthenticated = error.equals("invalid_client");
        Response.ResponseBuilder answer =
                Response.status(unauthenticated ? 401 : 400)
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .header("Pragma", "no-cache")
                        .entity(this);
        if (unauthenticated) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"parley\"");
        }
        return answer.build();
    }

    OAuthException asException() {
        return new OAuthException(this);
    }

    /** An OAuth error on its way out of a parser. */
    static final class OAuthException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient OAuthError problem;

        OAuthException(OAuthError problem) {
            super(problem.error(), null, false, false);
            this.problem = problem;
        }

        OAuthError problem() {
            return problem;
        }
    }
}
