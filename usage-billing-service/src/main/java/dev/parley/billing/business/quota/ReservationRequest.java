package dev.parley.billing.business.quota;

import dev.parley.billing.business.metering.CallId;
import dev.parley.billing.business.metering.Consumer;
import dev.parley.billing.business.metering.ModelName;
import dev.parley.billing.business.metering.ResponseId;
import org.jspecify.annotations.Nullable;

/**
 * A call that asks to be admitted.
 *
 * @param response the response that the call makes, if any
 * @param guest whether the caller is a guest
 * @param inputTokens an upper bound
 * @param askedOutputTokens what the caller asked for; null for the model's default
 * @param defaultOutputTokens the model's default
 */
public record ReservationRequest(
        CallId call,
        Consumer consumer,
        @Nullable ResponseId response,
        boolean guest,
        ModelName model,
        Tier tier,
        String purpose,
        long inputTokens,
        @Nullable Long askedOutputTokens,
        long defaultOutputTokens) {

    public ReservationRequest {
        if (inputTokens < 0
                || defaultOutputTokens < 1
                || (askedOutputTokens != null && askedOutputTokens < 1)) {
            throw new IllegalArgumentException("impossible token counts for " + call.value());
        }
    }

    /** How much output the call would have with nothing in the way. */
    public long wantedOutputTokens() {
        return askedOutputTokens == null ? defaultOutputTokens : askedOutputTokens;
    }
}
