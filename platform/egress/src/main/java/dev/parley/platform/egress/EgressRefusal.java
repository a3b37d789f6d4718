package dev.parley.platform.egress;

/** Why an address is not asked at all. */
public enum EgressRefusal {
    /** It is not a URL, or its host is written in a way that programs read differently. */
    MALFORMED,
    /** Its scheme is not among those that are allowed. */
    SCHEME,
    /** It carries a user name or password. */
    USER_INFO,
    /** Its port is not among those that are allowed. */
    PORT,
    /** Its host has no address. */
    UNRESOLVED,
    /** One of its host's addresses is not a public one. */
    NOT_PUBLIC,
    /** As many requests are open as may be. */
    BUSY
}
