package dev.parley.platform.egress;

/** Why an address that was asked has given no answer that may be used. */
public enum EgressFault {
    /** No connection, or no trusted one, could be had. */
    UNREACHABLE,
    /** The whole exchange took too long. */
    TIMED_OUT,
    /** The head or the body of the answer is too large. */
    TOO_LARGE,
    /** It answered with a redirect, which is not followed. */
    REDIRECTED,
    /** It answered in an encoding that it was not asked for, such as a compressed one. */
    ENCODED,
    /** The connection ended before the answer did, or what came is not HTTP. */
    BROKEN_OFF
}
