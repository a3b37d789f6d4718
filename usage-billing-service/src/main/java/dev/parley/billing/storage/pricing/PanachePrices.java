package dev.parley.billing.storage.pricing;

import dev.parley.billing.business.pricing.Price;
import dev.parley.billing.business.pricing.Prices;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The price list, by Panache. */
@ApplicationScoped
class PanachePrices implements Prices, PanacheRepositoryBase<PriceRow, PriceRow.Key> {
    @Override
    public List<Price> all() {
        return listAll(Sort.by("key.model").and("key.version")).stream()
                .map(PriceRow::toDomain)
                .toList();
    }
}
