package dev.parley.gateway.business.generation;

/** Why an admitted call has no, or no whole, answer. */
public enum Failure {
    /** The provider failed or could not be reached. */
    UPSTREAM_ERROR("upstream_error", "The model's provider failed."),
    /** The provider took too long. */
    UPSTREAM_TIMEOUT("upstream_timeout", "The model's provider took too long."),
    /** The provider says that the request itself is at fault. */
    UPSTREAM_REFUSED("invalid_request", "The model's provider does not take this request."),
    /** The caller's token or key was revoked while the answer came. */
    CALLER_REVOKED("invalid_token", "The token is not valid any more."),
    /** The output could not be checked. */
    CHECK_UNAVAILABLE("dependency_unavailable", "A part that this request needs is unavailable.");

    private final String code;
    private final String explanation;

    Failure(String code, String explanation) {
        this.code = code;
        this.explanation = explanation;
    }

    /** The public error code. */
    public String code() {
        return code;
    }

    /** One sentence for people. */
    public String explanation() {
        return explanation;
    }
}
