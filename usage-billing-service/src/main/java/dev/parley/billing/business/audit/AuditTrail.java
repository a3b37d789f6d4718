package dev.parley.billing.business.audit;

import dev.parley.billing.business.metering.SubjectId;
import dev.parley.billing.business.quota.Subscription;
import org.jspecify.annotations.Nullable;

/** Where this service's own deeds are put on record, in the transaction of the deed. */
public interface AuditTrail {
    /**
     * An organization has another plan or status.
     *
     * @param by who wanted it, null when it came with the organization
     */
    void subscriptionChanged(Subscription subscription, @Nullable SubjectId by);
}
