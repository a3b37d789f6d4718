package dev.parley.gateway.storage.admission;

import dev.parley.gateway.app.generation.CallRequester;
import dev.parley.gateway.business.admission.Requester;
import dev.parley.platform.security.ServiceTokens;
import dev.parley.platform.web.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The {@code Authorization} with which others are asked on behalf of a requester. */
@ApplicationScoped
class Authorizations {
    private final ServiceTokens tokens;

    @Inject
    Authorizations(ServiceTokens tokens) {
        this.tokens = tokens;
    }

    /** The issuer no longer accepts the requester. */
    static final class NotAccepted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotAccepted() {
            super("the caller's token is no longer accepted", null, false, false);
        }
    }

    Uni<String> of(Requester requester) {
        if (!(requester instanceof CallRequester calling)) {
            throw new IllegalArgumentException("a requester without a token");
        }
        return tokens.onBehalfOf(calling.caller())
                .onFailure(Authorizations::isRefusal)
                .transform(refused -> new NotAccepted());
    }

    private static boolean isRefusal(Throwable thrown) {
        return thrown instanceof ProblemException refused && refused.problem().status() == 401;
    }
}
