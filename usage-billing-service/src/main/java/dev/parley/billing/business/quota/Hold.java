package dev.parley.billing.business.quota;

import dev.parley.billing.business.ledger.EntryId;
import dev.parley.billing.business.metering.CallId;
import dev.parley.billing.business.metering.Consumer;
import dev.parley.billing.business.metering.ModelName;
import dev.parley.billing.business.metering.ResponseId;
import dev.parley.billing.business.metering.TokenUsage;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a reservation still holds of its windows, from admission to settlement and beyond.
 *
 * @param response the response that the call makes, if any
 * @param reservedInput the reserved input tokens
 * @param grantedOutput the reserved output tokens
 * @param requestWindows the counters that its request stands in
 * @param tokenWindows the counters that its tokens stand in
 * @param chargedRequests what stands there now: 1, or 0 once released
 * @param chargedTokens what stands there now
 */
public record Hold(
        ReservationId id,
        CallId call,
        Consumer consumer,
        @Nullable ResponseId response,
        ModelName model,
        long reservedInput,
        long grantedOutput,
        Instant reservedAt,
        List<Long> requestWindows,
        List<Long> tokenWindows,
        long chargedRequests,
        long chargedTokens,
        HoldState state) {

    public Hold {
        requestWindows = List.copyOf(requestWindows);
        tokenWindows = List.copyOf(tokenWindows);
    }

    /** After one more usage record: the first replaces what was held, further ones add to it. */
    public Hold settledBy(TokenUsage usage) {
        long before =
                switch (state) {
                    case HoldState.Settled settled -> chargedTokens;
                    case HoldState.Open open -> 0;
                    case HoldState.Released released -> 0;
                    case HoldState.Estimated estimated -> 0;
                };
        return charged(1, Math.addExact(before, usage.total()), new HoldState.Settled());
    }

    /** After nothing was used. */
    public Hold released() {
        return charged(0, 0, new HoldState.Released());
    }

    /** After the entry charged an estimate. */
    public Hold estimatedBy(EntryId entry, TokenUsage estimate) {
        return charged(1, estimate.total(), new HoldState.Estimated(entry));
    }

    /** The entry that charged an estimate, if one did. */
    public Stream<EntryId> estimate() {
        return state instanceof HoldState.Estimated estimated
                ? Stream.of(estimated.entry())
                : Stream.empty();
    }

    /** What was used by the last report, never above what was reserved. */
    public TokenUsage usageBy(HoldState.Open open) {
        return bounded(TokenUsage.of(open.inputTokens(), open.outputTokens()));
    }

    /** An estimate, never above what was reserved. */
    public TokenUsage bounded(TokenUsage estimate) {
        return estimate.atMost(reservedInput, grantedOutput);
    }

    private Hold charged(long requests, long tokens, HoldState newState) {
        return new Hold(
                id,
                call,
                consumer,
                response,
                model,
                reservedInput,
                grantedOutput,
                reservedAt,
                requestWindows,
                tokenWindows,
                requests,
                tokens,
                newState);
    }
}
