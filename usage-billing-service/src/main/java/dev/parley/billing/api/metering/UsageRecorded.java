package dev.parley.billing.api.metering;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.parley.billing.business.metering.ApiKeyId;
import dev.parley.billing.business.metering.CallId;
import dev.parley.billing.business.metering.Consumer;
import dev.parley.billing.business.metering.ConversationId;
import dev.parley.billing.business.metering.ModelName;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.metering.ResponseId;
import dev.parley.billing.business.metering.SubjectId;
import dev.parley.billing.business.metering.TokenUsage;
import dev.parley.billing.business.metering.UsageRecord;
import dev.parley.platform.id.PublicId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's {@code usage_recorded}, as far as this service reads it; what it does not know it
 * ignores.
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record UsageRecorded(
        @Nullable String call,
        @Nullable String reservation,
        @Nullable String organization,
        @Nullable String subject,
        @Nullable String apiKey,
        @Nullable String conversation,
        @Nullable String response,
        @Nullable String purpose,
        @Nullable String model,
        @Nullable String provider,
        @Nullable String tier,
        @Nullable Integer attempt,
        @Nullable Long inputTokens,
        @Nullable Long cachedInputTokens,
        @Nullable Long outputTokens,
        @Nullable Boolean estimated,
        @Nullable String finish,
        @Nullable Instant reservedAt,
        @Nullable Instant startedAt,
        @Nullable Instant firstTokenAt,
        @Nullable Instant finishedAt,
        @Nullable String trace) {
    static final String TYPE = "dev.parley.gateway.usage_recorded.v1";

    private static final long MOST_TOKENS = 1_000_000_000_000L;

    /**
     * The record.
     *
     * @throws IllegalArgumentException naming what is missing or impossible
     */
    UsageRecord toDomain(UUID event) {
        Instant reserved = required("reserved_at", reservedAt);
        return new UsageRecord(
                event,
                new CallId(required("call", call)),
                PublicId.parse("rsv_", required("reservation", reservation))
                        .orElseThrow(() -> new IllegalArgumentException("reservation")),
                new Consumer(
                        new OrganizationId(required("organization", organization)),
                        new SubjectId(required("subject", subject)),
                        apiKey == null ? null : new ApiKeyId(apiKey),
                        conversation == null ? null : new ConversationId(conversation)),
                response == null ? null : new ResponseId(response),
                required("purpose", purpose),
                new ModelName(required("model", model)),
                required("provider", provider),
                required("tier", tier),
                required("attempt", attempt),
                new TokenUsage(
                        bounded(required("input_tokens", inputTokens)),
                        cachedInputTokens == null ? 0 : cachedInputTokens,
                        bounded(required("output_tokens", outputTokens))),
                required("estimated", estimated),
                required("finish", finish),
                reserved,
                startedAt == null ? reserved : startedAt,
                firstTokenAt,
                required("finished_at", finishedAt),
                trace);
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static long bounded(long tokens) {
        if (tokens > MOST_TOKENS) {
            throw new IllegalArgumentException("impossible usage: " + tokens);
        }
        return tokens;
    }
}
