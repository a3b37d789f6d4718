package dev.parley.identity.business.account;

import java.util.Optional;

/** The policies of the organizations that have decided any. */
public interface DecidedPolicies {
    Optional<OrganizationPolicies> find(OrganizationId organization);

    /** Puts a version in the place of the one before; false when that is not the current one. */
    boolean replace(OrganizationPolicies next);
}
