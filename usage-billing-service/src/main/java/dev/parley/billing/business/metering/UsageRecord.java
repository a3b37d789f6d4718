package dev.parley.billing.business.metering;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt of one call really used, as the gateway recorded it.
 *
 * @param event the id of the event that told it: the same id is the same record
 * @param reservation the reservation that the call was admitted with
 * @param estimated whether the provider did not count the tokens itself
 * @param finish why the call ended, in the gateway's words
 * @param reservedAt when the reservation was made: usage belongs to that moment's windows
 * @param trace the W3C trace id, if there is one
 */
public record UsageRecord(
        UUID event,
        CallId call,
        UUID reservation,
        Consumer consumer,
        @Nullable ResponseId response,
        String purpose,
        ModelName model,
        String provider,
        String tier,
        int attempt,
        TokenUsage usage,
        boolean estimated,
        String finish,
        Instant reservedAt,
        Instant startedAt,
        @Nullable Instant firstTokenAt,
        Instant finishedAt,
        @Nullable String trace) {

    /** The same record with other counts. */
    public UsageRecord withUsage(TokenUsage other) {
        return new UsageRecord(
                event,
                call,
                reservation,
                consumer,
                response,
                purpose,
                model,
                provider,
                tier,
                attempt,
                other,
                estimated,
                finish,
                reservedAt,
                startedAt,
                firstTokenAt,
                finishedAt,
                trace);
    }
}
