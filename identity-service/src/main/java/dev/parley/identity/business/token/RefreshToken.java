package dev.parley.identity.business.token;

/**
 * A refresh token: the n-th of its session. Its text is derived from the two and a key, so the
 * successor within the grace is the same one, and no token has to be stored.
 */
public record RefreshToken(SessionId session, int generation) {
    /** The one that a new session starts with. */
    public static RefreshToken first(SessionId session) {
        return new RefreshToken(session, 1);
    }

    public RefreshToken successor() {
        return new RefreshToken(session, Math.addExact(generation, 1));
    }
}
