package dev.parley.identity.business.token;

import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** All sessions. */
public interface Sessions {
    /** What became of a presented refresh token. */
    sealed interface Rotation {
        /** The token was the newest, or was it until just now. */
        record Rotated(Session session) implements Rotation {}

        /** An old token came back: someone else has it, so the session is revoked with it. */
        record Reused(Session session) implements Rotation {}

        /** The session is over. */
        record Over() implements Rotation {}
    }

    /** Adds a session whose first refresh token may be used next. */
    void add(Session session);

    /**
     * Decides in one statement whether the token may be used, moves on to its successor, and
     * revokes the session of a token that was used before, but for the grace.
     */
    Rotation rotate(RefreshToken presented, Instant now, Duration grace);

    /** The session if it is still open. */
    Optional<Session> findOpen(SessionId id, Instant now);

    /** The session whose newest refresh token this is, if it is still open. */
    Optional<Session> findUsable(RefreshToken token, Instant now);

    /** Ends a session of that user; empty when there is none that is open. */
    Optional<Session> revoke(OrganizationId organization, UserId user, SessionId id, Instant now);

    /** Ends all sessions of that user but one; tells which. */
    List<SessionId> revokeOthers(
            OrganizationId organization, UserId user, Optional<SessionId> kept, Instant now);

    /** Drops those that ended before. */
    void forgetBefore(Instant instant);
}
