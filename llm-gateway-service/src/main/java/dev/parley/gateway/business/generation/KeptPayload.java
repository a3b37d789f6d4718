package dev.parley.gateway.business.generation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A logged call as it is read again.
 *
 * @param mode how much was kept of it
 * @param text null where none was kept
 */
public record KeptPayload(
        @Nullable String requestId,
        String call,
        String subject,
        @Nullable String apiKey,
        @Nullable String conversation,
        @Nullable String response,
        @Nullable String trace,
        String model,
        String purpose,
        String mode,
        String outcome,
        @Nullable Long inputTokens,
        @Nullable Long outputTokens,
        Instant startedAt,
        Instant endedAt,
        Instant expiresAt,
        LoggedCall.@Nullable Text text) {}
