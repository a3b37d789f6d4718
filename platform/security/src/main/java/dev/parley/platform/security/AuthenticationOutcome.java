package dev.parley.platform.security;

/** What became of a presented token. */
public sealed interface AuthenticationOutcome {
    /** The token is good. */
    record Authenticated(Caller caller) implements AuthenticationOutcome {}

    /** The token was good once. */
    record Expired() implements AuthenticationOutcome {}

    /** The token is forged, malformed, revoked or meant for another audience. */
    record Invalid(String reason) implements AuthenticationOutcome {}

    /** Whether the token is good cannot be told now. */
    record Unavailable() implements AuthenticationOutcome {}
}
