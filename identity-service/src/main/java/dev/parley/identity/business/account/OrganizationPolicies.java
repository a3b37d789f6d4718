package dev.parley.identity.business.account;

import java.time.Instant;
import java.util.Optional;

/**
 * What an organization has decided for itself.
 *
 * @param version 0 until it has decided anything, one more with each change
 * @param payloadDays how many days a logged payload is kept
 */
public record OrganizationPolicies(
        OrganizationId organization,
        long version,
        PayloadLogging payloadLogging,
        int payloadDays,
        Optional<Instant> changedAt) {
    public static final int MOST_PAYLOAD_DAYS = 365;
    private static final int DEFAULT_PAYLOAD_DAYS = 30;

    public OrganizationPolicies {
        if (version < 0) {
            throw new IllegalArgumentException("version < 0: " + version);
        }
        if (payloadDays < 1 || payloadDays > MOST_PAYLOAD_DAYS) {
            throw new IllegalArgumentException("payload days: " + payloadDays);
        }
    }

    /** What holds as long as nothing was decided: no payload is kept. */
    public static OrganizationPolicies undecided(OrganizationId organization) {
        return new OrganizationPolicies(
                organization, 0, PayloadLogging.OFF, DEFAULT_PAYLOAD_DAYS, Optional.empty());
    }

    /** The next version. */
    public OrganizationPolicies with(PayloadLogging logging, int days, Instant now) {
        return new OrganizationPolicies(organization, version + 1, logging, days, Optional.of(now));
    }
}
