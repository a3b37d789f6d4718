package dev.parley.billing.storage.pricing;

import dev.parley.billing.business.metering.ModelName;
import dev.parley.billing.business.pricing.Price;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Currency;

/** One version of a price as it is stored. */
@Entity
@Table(name = "price")
class PriceRow {
    @EmbeddedId Key key;

    @Column(name = "effective_from")
    Instant effectiveFrom;

    @Column String currency;

    @Column long input;

    @Column(name = "cached_input")
    long cachedInput;

    @Column long output;

    /** Whose, and the how-many-eth. */
    @Embeddable
    record Key(String model, int version) implements Serializable {}

    Price toDomain() {
        return new Price(
                new ModelName(key.model()),
                key.version(),
                effectiveFrom,
                Currency.getInstance(currency),
                input,
                cachedInput,
                output);
    }
}
