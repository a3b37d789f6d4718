package dev.parley.identity.app.token;

import dev.parley.identity.business.account.Account;
import dev.parley.identity.business.credential.ClientId;
import dev.parley.identity.business.token.AuditTrail;
import dev.parley.identity.business.token.RefreshToken;
import dev.parley.identity.business.token.Session;
import dev.parley.identity.business.token.SessionId;
import dev.parley.identity.business.token.Sessions;
import dev.parley.platform.id.TimeOrderedIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Puts a session on record and issues its first tokens. */
@ApplicationScoped
class StartSession {
    private final Sessions sessions;
    private final IssueSessionToken issueToken;
    private final AuditTrail audit;
    private final TimeOrderedIds ids;
    private final Clock clock;

    @Inject
    StartSession(
            Sessions sessions,
            IssueSessionToken issueToken,
            AuditTrail audit,
            TimeOrderedIds ids,
            Clock clock) {
        this.sessions = sessions;
        this.issueToken = issueToken;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional
    Grant handle(Account account, Duration life) {
        Instant now = clock.instant();
        Session session =
                new Session(
                        new SessionId(ids.next()),
                        account.id(),
                        account.organization(),
                        ClientId.FIRST_PARTY,
                        now,
                        now.plus(life));
        sessions.add(session);
        audit.record(
                new AuditTrail.Deed.SessionOpened(
                        new AuditTrail.Member(account.organization(), account.id()), session.id()));
        return issueToken.handle(account, session, RefreshToken.first(session.id()), now);
    }
}
