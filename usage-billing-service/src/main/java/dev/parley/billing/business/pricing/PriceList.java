package dev.parley.billing.business.pricing;

import dev.parley.billing.business.metering.ModelName;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every version of every price; which one applies depends on when something was used. */
public final class PriceList {
    private static final Comparator<Price> NEWEST_FIRST =
            Comparator.comparing(Price::effectiveFrom).thenComparingInt(Price::version).reversed();

    private final Map<ModelName, List<Price>> newestFirst;

    public PriceList(List<Price> prices) {
        Map<ModelName, List<Price>> byModel = new HashMap<>();
        prices.stream()
                .sorted(NEWEST_FIRST)
                .forEach(
                        price ->
                                byModel.computeIfAbsent(
                                                price.model(), model -> new java.util.ArrayList<>())
                                        .add(price));
        byModel.replaceAll((model, versions) -> List.copyOf(versions));
        newestFirst = Map.copyOf(byModel);
    }

    /**
     * The price of a model at a moment: its own, else the one for any model.
     *
     * @throws IllegalStateException if neither exists, which the seeds rule out
     */
    public Price priceOf(ModelName model, Instant at) {
        for (ModelName name : List.of(model, Price.ANY_MODEL)) {
            for (Price price : newestFirst.getOrDefault(name, List.of())) {
                if (!price.effectiveFrom().isAfter(at)) {
                    return price;
                }
            }
        }
        throw new IllegalStateException("no price for " + model.value() + " at " + at);
    }
}
