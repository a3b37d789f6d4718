package dev.parley.identity.app.token;

import dev.parley.identity.business.token.AccessToken;
import dev.parley.identity.business.token.AccessTokens;
import dev.parley.identity.business.token.Audience;
import dev.parley.identity.business.token.RefreshTokens;
import dev.parley.identity.business.token.Revocations;
import dev.parley.identity.business.token.Session;
import dev.parley.identity.business.token.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;

/** Tells a confidential client whether a token is good, and what it says (RFC 7662). */
@ApplicationScoped
public class IntrospectToken {
    /** What became of it. */
    public sealed interface Outcome {
        record ActiveAccessToken(AccessToken token) implements Outcome {}

        record ActiveRefreshToken(Session session) implements Outcome {}

        record Inactive() implements Outcome {}
    }

    private final AccessTokens accessTokens;
    private final RefreshTokens refreshTokens;
    private final Sessions sessions;
    private final Revocations revocations;
    private final Clock clock;

    @Inject
    IntrospectToken(
            AccessTokens accessTokens,
            RefreshTokens refreshTokens,
            Sessions sessions,
            Revocations revocations,
            Clock clock) {
        this.accessTokens = accessTokens;
        this.refreshTokens = refreshTokens;
        this.sessions = sessions;
        this.revocations = revocations;
        this.clock = clock;
    }

    public Outcome handle(String token) {
        for (Audience audience : Audience.values()) {
            if (accessTokens.verify(token, audience)
                    instanceof AccessTokens.Verification.Good good) {
                return revocations.cover(good.token())
                        ? new Outcome.Inactive()
                        : new Outcome.ActiveAccessToken(good.token());
            }
        }
        Optional<Session> session =
                refreshTokens
                        .read(token)
                        .flatMap(refresh -> sessions.findUsable(refresh, clock.instant()));
        return session.<Outcome>map(Outcome.ActiveRefreshToken::new)
                .orElseGet(Outcome.Inactive::new);
    }
}
