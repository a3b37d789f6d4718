package dev.parley.billing.app.quota;

import dev.parley.billing.business.pricing.CurrentPrices;
import dev.parley.billing.business.quota.Entitlements;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Brings what this replica keeps in memory, plans, subscriptions and prices, up to date. */
@ApplicationScoped
public class RefreshEntitlements {
    private final Entitlements entitlements;
    private final CurrentPrices prices;

    @Inject
    RefreshEntitlements(Entitlements entitlements, CurrentPrices prices) {
        this.entitlements = entitlements;
        this.prices = prices;
    }

    @Transactional
    public void handle() {
        entitlements.refresh();
        prices.refresh();
    }

    /** Whether calls can be admitted and priced. */
    public boolean isReady() {
        return entitlements.areLoaded() && prices.areLoaded();
    }
}
