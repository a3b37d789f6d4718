package dev.parley.billing.business.metering;

/** An organization, as identity-service names it. */
public record OrganizationId(String value) {
    public OrganizationId {
        Names.check(value);
    }
}
