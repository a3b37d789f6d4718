package dev.parley.identity.app.token;

import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.token.AuditTrail;
import dev.parley.identity.business.token.RefreshToken;
import dev.parley.identity.business.token.RefreshTokens;
import dev.parley.identity.business.token.Revocation;
import dev.parley.identity.business.token.Revocations;
import dev.parley.identity.business.token.SessionId;
import dev.parley.identity.business.token.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ends the caller's session, and the one of a refresh token that comes along if it is theirs. */
@ApplicationScoped
public class LogOut {
    /** Who leaves what. */
    public record Command(
            OrganizationId organization,
            UserId user,
            Optional<SessionId> session,
            Optional<String> refreshToken) {}

    private final Sessions sessions;
    private final RefreshTokens refreshTokens;
    private final Revocations revocations;
    private final AuditTrail audit;
    private final Clock clock;

    @Inject
    LogOut(
            Sessions sessions,
            RefreshTokens refreshTokens,
            Revocations revocations,
            AuditTrail audit,
            Clock clock) {
        this.sessions = sessions;
        this.refreshTokens = refreshTokens;
        this.revocations = revocations;
        this.audit = audit;
        this.clock = clock;
    }

    /** Silent about sessions that are over already. */
    @Transactional
    public void handle(Command command) {
        Instant now = clock.instant();
        List<SessionId> leaving = new ArrayList<>();
        command.session().ifPresent(leaving::add);
        command.refreshToken()
                .flatMap(refreshTokens::read)
                .map(RefreshToken::session)
                .filter(id -> !leaving.contains(id))
                .ifPresent(leaving::add);
        List<Revocation> ended = new ArrayList<>();
        for (SessionId id : leaving) {
            if (sessions.revoke(command.organization(), command.user(), id, now).isPresent()) {
                ended.add(new Revocation.OfSession(id));
                audit.record(
                        new AuditTrail.Deed.SessionClosed(
                                new AuditTrail.Member(command.organization(), command.user()), id));
            }
        }
        revocations.append(ended, now);
    }
}
