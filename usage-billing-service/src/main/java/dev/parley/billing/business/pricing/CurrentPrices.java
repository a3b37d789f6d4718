package dev.parley.billing.business.pricing;

/** The price list as this replica knows it, at most a few seconds old; never waits. */
public interface CurrentPrices {
    /**
     * The list.
     *
     * @throws IllegalStateException before the list was loaded for the first time
     */
    PriceList get();

    /** Reads what changed since the last time. */
    void refresh();

    boolean areLoaded();
}
