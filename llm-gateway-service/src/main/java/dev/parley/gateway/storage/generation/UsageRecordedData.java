package dev.parley.gateway.storage.generation;

import dev.parley.gateway.business.admission.CallFacts;
import dev.parley.gateway.business.generation.TokenUsage;
import dev.parley.gateway.business.generation.UsageRecord;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The data of {@code dev.parley.gateway.usage_recorded.v1}. */
@RegisterForReflection
record UsageRecordedData(
        String call,
        String reservation,
        String organization,
        String subject,
        @Nullable String apiKey,
        @Nullable String conversation,
        @Nullable String response,
        String purpose,
        String model,
        String provider,
        String tier,
        int attempt,
        long inputTokens,
        long cachedInputTokens,
        long outputTokens,
        boolean estimated,
        String finish,
        Instant reservedAt,
        Instant startedAt,
        @Nullable Instant firstTokenAt,
        Instant finishedAt,
        @Nullable String trace) {

    static UsageRecordedData of(UsageRecord usageRecord) {
        CallFacts call = usageRecord.call();
        TokenUsage usage = usageRecord.usage();
        return new UsageRecordedData(
                call.id().value(),
                usageRecord.reservation().id().value(),
                call.requester().organization(),
                call.requester().subject(),
                call.requester().apiKey(),
                call.conversation(),
                call.response(),
                call.purpose().text(),
                usageRecord.model().id().value(),
                usageRecord.model().provider(),
                usageRecord.model().tier().name().toLowerCase(Locale.ROOT),
                usageRecord.attempt(),
                usage.input().count(),
                usage.cachedInput().count(),
                usage.output().count(),
                usage.estimated(),
                usageRecord.ending().text(),
                usageRecord.reservation().reservedAt(),
                usageRecord.startedAt(),
                usageRecord.firstTokenAt(),
                usageRecord.finishedAt(),
                call.trace());
    }
}
