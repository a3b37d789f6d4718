package dev.parley.billing.api.pricing;

import dev.parley.billing.api.quota.ShortLists;
import dev.parley.billing.app.pricing.ListPrices;
import dev.parley.billing.business.pricing.Price;
import dev.parley.platform.security.Access;
import dev.parley.platform.web.Page;
import dev.parley.platform.web.PageQuery;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The price list. */
@Path("/v1/prices")
@Tag(name = "Prices")
@Produces(MediaType.APPLICATION_JSON)
@Access(scopes = {"usage:read", "operate"})
public class PricesResource {
    private final ListPrices listPrices;

    /**
     * One version of one model's price, in micro-units per million tokens.
     *
     * @param model the model; {@code *} for those without a price of their own
     */
    @Schema(name = "Price")
    public record PriceView(
            String id,
            String object,
            String model,
            int version,
            Instant effectiveFrom,
            String currency,
            long inputPerMillion,
            long cachedInputPerMillion,
            long outputPerMillion) {
        static PriceView of(Price price) {
            return new PriceView(
                    price.model().value() + "@" + price.version(),
                    "price",
                    price.model().value(),
                    price.version(),
                    price.effectiveFrom(),
                    price.currency().getCurrencyCode(),
                    price.input(),
                    price.cachedInput(),
                    price.output());
        }
    }

    @Inject
    PricesResource(ListPrices listPrices) {
        this.listPrices = listPrices;
    }

    @GET
    @RunOnVirtualThread
    @Operation(
            operationId = "listPrices",
            summary = "List the prices of models, each with its versions")
    public Page<PriceView> list(@BeanParam PageQuery query) {
        return ShortLists.page(
                listPrices.handle().stream().map(PriceView::of).toList(),
                PriceView::id,
                query.checked());
    }
}
