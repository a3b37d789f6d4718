package dev.parley.identity.app.token;

import dev.parley.identity.business.account.Account;
import dev.parley.identity.business.account.Permissions;
import dev.parley.identity.business.token.AccessToken;
import dev.parley.identity.business.token.AccessTokens;
import dev.parley.identity.business.token.Audience;
import dev.parley.identity.business.token.RefreshToken;
import dev.parley.identity.business.token.RefreshTokens;
import dev.parley.identity.business.token.Session;
import dev.parley.identity.business.token.Subject;
import dev.parley.identity.business.token.TokenId;
import dev.parley.identity.business.token.TokenPolicy;
import dev.parley.platform.id.TimeOrderedIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Signs the access token of a session, with the roles that its account has now. */
@ApplicationScoped
class IssueSessionToken {
    private final AccessTokens accessTokens;
    private final RefreshTokens refreshTokens;
    private final TokenPolicy policy;
    private final TimeOrderedIds ids;

    @Inject
    IssueSessionToken(
            AccessTokens accessTokens,
            RefreshTokens refreshTokens,
            TokenPolicy policy,
            TimeOrderedIds ids) {
        this.accessTokens = accessTokens;
        this.refreshTokens = refreshTokens;
        this.policy = policy;
        this.ids = ids;
    }

    Grant handle(Account account, Session session, RefreshToken refresh, Instant now) {
        Instant end = now.plus(policy.accessTokenLife());
        AccessToken token =
                new AccessToken(
                        new TokenId(ids.next()),
                        Audience.CLIENTS,
                        new Subject.User(account.id(), account.organization()),
                        account.roles(),
                        Permissions.ofSession(account.roles()),
                        session.client(),
                        Optional.of(session.id()),
                        Optional.empty(),
                        List.of(),
                        now,
                        now,
                        end.isBefore(session.expiresAt()) ? end : session.expiresAt());
        return new Grant(
                token, accessTokens.sign(token), Optional.of(refreshTokens.write(refresh)));
    }
}
