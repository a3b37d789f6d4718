package dev.parley.billing.business.quota;

import dev.parley.billing.business.metering.OrganizationId;
import java.util.Optional;

/** Every version of every organization's subscription. */
public interface Subscriptions {
    /** The newest version; until the transaction ends nobody else can add one. */
    Optional<Subscription> findForUpdate(OrganizationId organization);

    /** The newest version. */
    Optional<Subscription> find(OrganizationId organization);

    /** Adds a version that {@link #findForUpdate} showed to be the next one. */
    void add(Subscription subscription);
}
