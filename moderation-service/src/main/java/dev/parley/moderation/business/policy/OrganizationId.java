package dev.parley.moderation.business.policy;

/** An organization as identity names it ({@code org_…}), or the whole installation. */
public record OrganizationId(String value) {
    /** Whose policy holds where an organization has none of its own. */
    public static final OrganizationId INSTALLATION = new OrganizationId("installation");

    public OrganizationId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("an organization's id is not blank");
        }
    }
}
