package dev.parley.identity.api.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.OrganizationPolicies;
import dev.parley.platform.id.PublicId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An organization's policies as they are shown. */
@RegisterForReflection
record PoliciesView(
        String object,
        String organization,
        long version,
        PayloadLoggingView payloadLogging,
        @JsonInclude @Nullable Instant changedAt) {
    /** What is kept of calls' text, and for how long. */
    @RegisterForReflection
    record PayloadLoggingView(String mode, int timeToLiveDays) {}

    static PoliciesView of(OrganizationPolicies policies) {
        return new PoliciesView(
                "organization.policies",
                PublicId.format(OrganizationId.PREFIX, policies.organization().value()),
                policies.version(),
                new PayloadLoggingView(policies.payloadLogging().text(), policies.payloadDays()),
                policies.changedAt().orElse(null));
    }
}
