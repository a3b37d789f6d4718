package dev.parley.conversation.business.response;

/**
 * Why a turn failed after it was admitted.
 *
 * @param code a stable code of the public contract
 * @param message a sentence for people
 */
public record Failure(String code, String message) {
    public static final Failure UPSTREAM =
            new Failure("upstream_error", "The model's provider failed while it answered.");
    public static final Failure TIMED_OUT =
            new Failure("upstream_timeout", "The model's provider stopped answering.");
    public static final Failure CALLER_REVOKED =
            new Failure("invalid_token", "The token is not valid any more.");
    public static final Failure ABANDONED =
            new Failure(
                    "upstream_error", "The turn was interrupted; what was said so far is kept.");
}
