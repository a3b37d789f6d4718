package dev.parley.identity.app.credential;

import dev.parley.identity.business.account.Actor;
import dev.parley.identity.business.credential.PasswordHash;
import dev.parley.identity.business.credential.Passwords;
import dev.parley.identity.business.token.AuditTrail;
import dev.parley.identity.business.token.Revocation;
import dev.parley.identity.business.token.Revocations;
import dev.parley.identity.business.token.SessionId;
import dev.parley.identity.business.token.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Stores another password and revokes the sessions that the old one began, at once. */
@ApplicationScoped
class ReplacePassword {
    private final Passwords passwords;
    private final Sessions sessions;
    private final Revocations revocations;
    private final AuditTrail audit;
    private final Clock clock;

    @Inject
    ReplacePassword(
            Passwords passwords,
            Sessions sessions,
            Revocations revocations,
            AuditTrail audit,
            Clock clock) {
        this.passwords = passwords;
        this.sessions = sessions;
        this.revocations = revocations;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    void handle(Actor actor, Optional<SessionId> keptSession, PasswordHash hash) {
        Instant now = clock.instant();
        passwords.put(actor.organization(), actor.id(), hash, now);
        List<Revocation> ended =
                sessions.revokeOthers(actor.organization(), actor.id(), keptSession, now).stream()
                        .<Revocation>map(Revocation.OfSession::new)
                        .toList();
        revocations.append(ended, now);
        audit.record(
                new AuditTrail.Deed.PasswordChanged(
                        new AuditTrail.Member(actor.organization(), actor.id())));
    }
}
