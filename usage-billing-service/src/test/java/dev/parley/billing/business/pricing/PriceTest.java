package dev.parley.billing.business.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.billing.business.metering.ModelName;
import dev.parley.billing.business.metering.TokenUsage;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");

    @ParameterizedTest
    @CsvSource({
        // input, cached, output, micro-units
        "12, 0, 34, 57", // 6 + 51
        "1000000, 0, 0, 500000",
        "1000000, 1000000, 0, 125000",
        "1000000, 400000, 1000000, 1850000", // 300000 + 50000 + 1500000
        "1, 0, 0, 0", // 0.5 goes to the even 0
        "3, 0, 0, 2", // 1.5 goes to the even 2
        "0, 0, 1, 2" // 1.5 goes to the even 2
    })
    void chargesCachedTokensApartAndRoundsOnceHalfToEven(
            long input, long cached, long output, long cost) {
        Price price = price("simulated", 1, Instant.EPOCH, 500_000, 125_000, 1_500_000);

        assertThat(price.costOf(new TokenUsage(input, cached, output)))
                .isEqualTo(new Money(cost, USD));
    }

    @Test
    void doesNotOverflowWhereALongProductWould() {
        Price price = price("simulated", 1, Instant.EPOCH, 1_000_000_000_000L, 0, 0);

        assertThat(price.costOf(TokenUsage.of(100_000_000L, 0)).microUnits())
                .isEqualTo(100_000_000_000_000L);
    }

    @Test
    void theVersionThatWasInForceIsTheOneThatCounts() {
        PriceList list =
                new PriceList(
                        List.of(
                                price("simulated", 1, Instant.EPOCH, 1, 1, 1),
                                price("simulated", 2, NOW, 2, 2, 2),
                                price("*", 1, Instant.EPOCH, 9, 9, 9)));

        assertThat(list.priceOf(new ModelName("simulated"), NOW.minusMillis(1)).version())
                .isEqualTo(1);
        assertThat(list.priceOf(new ModelName("simulated"), NOW).version()).isEqualTo(2);
    }

    @Test
    void anUnlistedModelHasThePriceOfAnyModel() {
        PriceList list = new PriceList(List.of(price("*", 1, Instant.EPOCH, 9, 9, 9)));

        assertThat(list.priceOf(new ModelName("unheard-of"), NOW).model())
                .isEqualTo(Price.ANY_MODEL);
    }

    @Test
    void withoutAnyPriceThereIsNoGuess() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> new PriceList(List.of()).priceOf(new ModelName("m"), NOW));
    }

    private static Price price(
            String model, int version, Instant from, long input, long cached, long output) {
        return new Price(new ModelName(model), version, from, USD, input, cached, output);
    }
}
