package dev.parley.billing.storage.pricing;

import dev.parley.billing.business.pricing.CurrentPrices;
import dev.parley.billing.business.pricing.PriceList;
import dev.parley.billing.business.pricing.Prices;
import dev.parley.billing.business.quota.Changes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** The price list in memory. */
@ApplicationScoped
class CachedPrices implements CurrentPrices {
    private final Prices prices;
    private final Changes changes;
    private volatile @Nullable PriceList list;
    private long seen;

    @Inject
    CachedPrices(Prices prices, Changes changes) {
        this.prices = prices;
        this.changes = changes;
    }

    @Override
    public PriceList get() {
        PriceList known = list;
        if (known == null) {
            throw new IllegalStateException("the prices are not loaded yet");
        }
        return known;
    }

    /** The list is short, so any change at all has it read again. */
    @Override
    public synchronized void refresh() {
        long newest = changes.newest();
        if (list == null || newest != seen) {
            list = new PriceList(prices.all());
            seen = newest;
        }
    }

    @Override
    public boolean areLoaded() {
        return list != null;
    }
}
