package dev.parley.billing.business.metering;

/** A person, guest or service account, as identity-service names it. */
public record SubjectId(String value) {
    public SubjectId {
        Names.check(value);
    }
}
