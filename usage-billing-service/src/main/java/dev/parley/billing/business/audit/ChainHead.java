package dev.parley.billing.business.audit;

import dev.parley.billing.business.metering.OrganizationId;

/**
 * Where an organization's chain ends.
 *
 * @param position the last record's, 0 when there is none
 * @param hash the last record's
 */
public record ChainHead(OrganizationId organization, long position, Hash hash) {
    public ChainHead {
        if (position < 0) {
            throw new IllegalArgumentException("position < 0: " + position);
        }
    }

    /** The end of a chain that has not begun. */
    public static ChainHead beforeAll(OrganizationId organization) {
        return new ChainHead(organization, 0, Hash.GENESIS);
    }
}
