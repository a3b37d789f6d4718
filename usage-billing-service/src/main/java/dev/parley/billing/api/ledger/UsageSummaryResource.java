package dev.parley.billing.api.ledger;

import dev.parley.billing.api.quota.CallerOrganization;
import dev.parley.billing.app.ledger.SummarizeUsage;
import dev.parley.billing.business.ledger.Dimension;
import dev.parley.billing.business.ledger.Movement;
import dev.parley.billing.business.ledger.Period;
import dev.parley.billing.business.ledger.UsageTotal;
import dev.parley.platform.security.Access;
import dev.parley.platform.security.Caller;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.Refuses;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Running totals of usage and cost. */
@Path("/v1/usage/summary")
@Tag(name = "Usage")
@Produces(MediaType.APPLICATION_JSON)
@Access(scopes = "usage:read")
public class UsageSummaryResource {
    private final SummarizeUsage summarizeUsage;
    private final CurrentCaller callers;

    /** Every total, ordered by key. */
    @Schema(name = "UsageSummary")
    public record Summary(String object, List<TotalView> data) {}

    /** What was used under one key. */
    @Schema(name = "UsageTotal")
    public record TotalView(
            String key,
            long requests,
            long inputTokens,
            long outputTokens,
            long cachedTokens,
            Cost cost) {
        static TotalView of(UsageTotal total) {
            Movement sum = total.sum();
            return new TotalView(
                    total.key(),
                    sum.requests(),
                    sum.inputTokens(),
                    sum.outputTokens(),
                    sum.cachedInputTokens(),
                    new Cost(sum.cost().microUnits(), sum.cost().currency().getCurrencyCode()));
        }
    }

    /** Micro-units of a currency. */
    public record Cost(long amount, String currency) {}

    @Inject
    UsageSummaryResource(SummarizeUsage summarizeUsage, CurrentCaller callers) {
        this.summarizeUsage = summarizeUsage;
        this.callers = callers;
    }

    @GET
    @RunOnVirtualThread
    @Operation(
            operationId = "summarizeUsage",
            summary = "Running totals of requests, tokens and cost")
    @Refuses("400 unknown_parameter")
    public Summary summarize(
            @QueryParam("by")
                    @DefaultValue("model")
                    @Schema(enumeration = {"user", "conversation", "api_key", "model"})
                    String by,
            @QueryParam("period")
                    @DefaultValue("month")
                    @Schema(enumeration = {"day", "month", "all"})
                    String period) {
        Caller caller = callers.get();
        CallerOrganization.of(caller);
        return new Summary(
                "list",
                summarizeUsage.handle(caller, dimension(by), period(period)).stream()
                        .map(TotalView::of)
                        .toList());
    }

    private static Dimension dimension(String by) {
        return switch (by) {
            case "user" -> Dimension.USER;
            case "conversation" -> Dimension.CONVERSATION;
            case "api_key" -> Dimension.API_KEY;
            case "model" -> Dimension.MODEL;
            default ->
                    throw Problem.invalid("by", "by must be user, conversation, api_key or model")
                            .asException();
        };
    }

    private static Period period(String period) {
        return switch (period) {
            case "day" -> Period.DAY;
            case "month" -> Period.MONTH;
            case "all" -> Period.ALL;
            default ->
                    throw Problem.invalid("period", "period must be day, month or all")
                            .asException();
        };
    }
}
