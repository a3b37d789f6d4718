package dev.parley.platform.audit;

/** Whether it was done. */
public sealed interface AuditOutcome {
    AuditOutcome ALLOWED = new Allowed();

    record Allowed() implements AuditOutcome {}

    /**
     * It was not.
     *
     * @param code the error's stable code
     */
    record Refused(String code) implements AuditOutcome {}
}
