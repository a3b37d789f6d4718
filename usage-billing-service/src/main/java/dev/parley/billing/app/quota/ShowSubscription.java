package dev.parley.billing.app.quota;

import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.quota.Subscription;
import dev.parley.billing.business.quota.Subscriptions;
import dev.parley.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Shows an organization's subscription to its members and to the operator. */
@ApplicationScoped
public class ShowSubscription {
    private final Subscriptions subscriptions;

    @Inject
    ShowSubscription(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** Empty when it is not the caller's to see. */
    @Transactional
    public Optional<Subscription> handle(Caller caller, OrganizationId organization) {
        if (!caller.hasRole("operator") && !caller.organization().equals(organization.value())) {
            return Optional.empty();
        }
        return Optional.of(
                subscriptions
                        .find(organization)
                        .orElseGet(() -> Subscription.unsubscribed(organization)));
    }
}
