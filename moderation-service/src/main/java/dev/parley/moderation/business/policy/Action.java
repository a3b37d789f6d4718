package dev.parley.moderation.business.policy;

/** What is done with a text, from the mildest to the strictest. */
public enum Action {
    ALLOW,
    FLAG,
    REDACT,
    BLOCK;

    /** The stricter of the two. */
    public Action or(Action other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
