package dev.parley.billing.business.pricing;

import java.util.List;

/** The price list. */
public interface Prices {
    /** Every version of every price, by model and version. */
    List<Price> all();
}
