package dev.parley.identity.api.token;

import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** OAuth's endpoints answer OAuth's errors. */
public class OAuthErrors {
    @ServerExceptionMapper
    Response refuse(OAuthError.OAuthException thrown) {
        return thrown.problem().toResponse();
    }
}
