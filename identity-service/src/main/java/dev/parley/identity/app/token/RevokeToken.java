package dev.parley.identity.app.token;

import dev.parley.identity.business.credential.ClientId;
import dev.parley.identity.business.token.AccessToken;
import dev.parley.identity.business.token.AccessTokens;
import dev.parley.identity.business.token.Audience;
import dev.parley.identity.business.token.AuditTrail;
import dev.parley.identity.business.token.RefreshToken;
import dev.parley.identity.business.token.RefreshTokens;
import dev.parley.identity.business.token.Revocation;
import dev.parley.identity.business.token.Revocations;
import dev.parley.identity.business.token.Session;
import dev.parley.identity.business.token.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Revokes a token at the wish of the client that it was issued to (RFC 7009). What is not a token,
 * or not any more, is silently accepted, as the standard asks.
 */
@ApplicationScoped
public class RevokeToken {
    /** What became of it. */
    public sealed interface Outcome {
        record Done() implements Outcome {}

        /** The token was issued to another client. */
        record NotYours() implements Outcome {}
    }

    private final RefreshTokens refreshTokens;
    private final AccessTokens accessTokens;
    private final Sessions sessions;
    private final Revocations revocations;
    private final AuditTrail audit;
    private final Clock clock;

    @Inject
    RevokeToken(
            RefreshTokens refreshTokens,
            AccessTokens accessTokens,
            Sessions sessions,
            Revocations revocations,
            AuditTrail audit,
            Clock clock) {
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.sessions = sessions;
        this.revocations = revocations;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    public Outcome handle(ClientId client, String token) {
        Instant now = clock.instant();
        Optional<RefreshToken> refresh = refreshTokens.read(token);
        if (refresh.isPresent()) {
            return revokeSession(client, refresh.get(), now);
        }
        for (Audience audience : Audience.values()) {
            if (accessTokens.verify(token, audience)
                    instanceof AccessTokens.Verification.Good good) {
                return revokeAccess(client, good.token(), now);
            }
        }
        return new Outcome.Done();
    }

    private Outcome revokeSession(ClientId client, RefreshToken refresh, Instant now) {
        Optional<Session> open = sessions.findOpen(refresh.session(), now);
        if (open.isEmpty()) {
            return new Outcome.Done();
        }
        Session session = open.get();
        if (!session.client().equals(client)) {
            return new Outcome.NotYours();
        }
        sessions.revoke(session.organization(), session.user(), session.id(), now)
                .ifPresent(
                        ended -> {
                            revocations.append(List.of(new Revocation.OfSession(ended.id())), now);
                            audit.record(
                                    new AuditTrail.Deed.SessionClosed(
                                            new AuditTrail.Member(
                                                    ended.organization(), ended.user()),
                                            ended.id()));
                        });
        return new Outcome.Done();
    }

    private Outcome revokeAccess(ClientId client, AccessToken token, Instant now) {
        if (!token.client().equals(client)) {
            return new Outcome.NotYours();
        }
        revocations.append(List.of(new Revocation.OfToken(token.id())), now);
        audit.record(new AuditTrail.Deed.TokenRevoked(token.subject(), token.id()));
        return new Outcome.Done();
    }
}
