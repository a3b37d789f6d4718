package dev.parley.billing.api.quota;

import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.platform.security.Caller;
import dev.parley.platform.web.Problem;

/** The organization that a caller belongs to. */
public final class CallerOrganization {
    private CallerOrganization() {}

    /** Refuses a token without one, such as the operator's. */
    public static OrganizationId of(Caller caller) {
        if (caller.organization().isBlank()) {
            throw Problem.of(403, "insufficient_scope", "The token belongs to no organization.")
                    .asException();
        }
        return new OrganizationId(caller.organization());
    }
}
