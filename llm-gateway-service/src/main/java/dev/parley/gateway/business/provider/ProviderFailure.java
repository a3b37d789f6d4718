package dev.parley.gateway.business.provider;

/** A provider gave no, or no whole, answer. */
public final class ProviderFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it is. */
    public enum Kind {
        /** No connection came about: nothing was asked. */
        UNREACHABLE,
        /** It answered with an error of its own before it began. */
        FAULT,
        /** It says that the request is at fault. */
        REQUEST_REFUSED,
        /** It broke off, or what it sent cannot be read. */
        BROKEN_OFF
    }

    private final Kind kind;

    public ProviderFailure(Kind kind, String reason) {
        super(reason, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
