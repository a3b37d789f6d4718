package dev.parley.identity.business.account;

import java.util.UUID;

/** The id of an organization. */
public record OrganizationId(UUID value) {
    /** How its public spelling begins. */
    public static final String PREFIX = "org_";

    /** The one organization that all guests are in; a migration makes it. */
    public static final OrganizationId GUESTS =
            new OrganizationId(UUID.fromString("00000000-0000-7000-8000-000000000001"));

    /** The organization of those who run the installation; a migration makes it. */
    public static final OrganizationId INSTALLATION =
            new OrganizationId(UUID.fromString("00000000-0000-7000-8000-000000000002"));
}
