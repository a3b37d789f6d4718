package dev.parley.identity.app.token;

import dev.parley.identity.business.account.Account;
import dev.parley.identity.business.account.Accounts;
import dev.parley.identity.business.token.AuditTrail;
import dev.parley.identity.business.token.RefreshToken;
import dev.parley.identity.business.token.RefreshTokens;
import dev.parley.identity.business.token.Revocation;
import dev.parley.identity.business.token.Revocations;
import dev.parley.identity.business.token.Session;
import dev.parley.identity.business.token.Sessions;
import dev.parley.identity.business.token.TokenPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Gives a session new tokens for its refresh token, which is used up by that. */
@ApplicationScoped
public class RefreshSession {
    /** What became of it. */
    public sealed interface Outcome {
        record Refreshed(Grant grant) implements Outcome {}

        /** Never written by us, over, or used before; the caller is not told which. */
        record Refused() implements Outcome {}
    }

    private final RefreshTokens refreshTokens;
    private final Sessions sessions;
    private final Accounts accounts;
    private final Revocations revocations;
    private final IssueSessionToken issueToken;
    private final TokenPolicy policy;
    private final AuditTrail audit;
    private final Clock clock;

    @Inject
    RefreshSession(
            RefreshTokens refreshTokens,
            Sessions sessions,
            Accounts accounts,
            Revocations revocations,
            IssueSessionToken issueToken,
            TokenPolicy policy,
            AuditTrail audit,
            Clock clock) {
        this.refreshTokens = refreshTokens;
        this.sessions = sessions;
        this.accounts = accounts;
        this.revocations = revocations;
        this.issueToken = issueToken;
        this.policy = policy;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    public Outcome handle(String presentedText) {
        Optional<RefreshToken> presented = refreshTokens.read(presentedText);
        if (presented.isEmpty()) {
            return new Outcome.Refused();
        }
        Instant now = clock.instant();
        return switch (sessions.rotate(presented.get(), now, policy.refreshGrace())) {
            case Sessions.Rotation.Rotated rotated ->
                    refreshed(rotated.session(), presented.get().successor(), now);
            case Sessions.Rotation.Reused reused -> {
                Session session = reused.session();
                revocations.append(List.of(new Revocation.OfSession(session.id())), now);
                audit.record(
                        new AuditTrail.Deed.SessionEndedByReuse(
                                new AuditTrail.Member(session.organization(), session.user()),
                                session.id()));
                yield new Outcome.Refused();
            }
            case Sessions.Rotation.Over ignored -> new Outcome.Refused();
        };
    }

    private Outcome refreshed(Session session, RefreshToken successor, Instant now) {
        Optional<Account> account = accounts.find(session.organization(), session.user());
        return account.<Outcome>map(
                        found ->
                                new Outcome.Refreshed(
                                        issueToken.handle(found, session, successor, now)))
                .orElseGet(Outcome.Refused::new);
    }
}
