package dev.parley.billing.business.quota;

import dev.parley.billing.business.metering.OrganizationId;

/** Entitlements as this replica knows them, at most a few seconds old; never waits. */
public interface Entitlements {
    /**
     * What an organization is entitled to.
     *
     * @param guest whether the caller is a guest, whose plan is the guests' whatever the
     *     organization has
     * @throws IllegalStateException before the plans were loaded for the first time
     */
    Entitlement of(OrganizationId organization, boolean guest);

    /** Reads what changed since the last time; {@link #of} answers accordingly from then on. */
    void refresh();

    boolean areLoaded();
}
