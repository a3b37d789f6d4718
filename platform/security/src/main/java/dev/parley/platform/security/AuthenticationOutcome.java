package dev.parley.platform.security;

import org.jspecify.annotations.Nullable;

/** What became of a presented token. */
public sealed interface AuthenticationOutcome {
    /** The token is good. */
    record Authenticated(Caller caller) implements AuthenticationOutcome {}

    /** The token was good once. */
    record Expired(@Nullable Caller once) implements AuthenticationOutcome {}

    /** The token is forged, malformed or meant for another audience. */
    record Invalid(String reason) implements AuthenticationOutcome {}

    /** The token was good until it was revoked. */
    record Revoked(Caller once) implements AuthenticationOutcome {}

    /** Whether the token is good cannot be told now. */
    record Unavailable() implements AuthenticationOutcome {}

    /** Whose token it is or was, as far as our own signature says; for records, not for access. */
    default @Nullable Caller known() {
        return switch (this) {
            case Authenticated authenticated -> authenticated.caller();
            case Expired expired -> expired.once();
            case Revoked revoked -> revoked.once();
            case Invalid ignored -> null;
            case Unavailable ignored -> null;
        };
    }
}
