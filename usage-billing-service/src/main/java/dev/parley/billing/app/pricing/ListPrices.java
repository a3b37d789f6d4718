package dev.parley.billing.app.pricing;

import dev.parley.billing.business.pricing.Price;
import dev.parley.billing.business.pricing.Prices;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/** Shows every version of every price. */
@ApplicationScoped
public class ListPrices {
    private final Prices prices;

    @Inject
    ListPrices(Prices prices) {
        this.prices = prices;
    }

    @Transactional
    public List<Price> handle() {
        return prices.all();
    }
}
