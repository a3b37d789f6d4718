package dev.parley.gateway.api.generation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.gateway.business.generation.KeptPayload;
import dev.parley.gateway.business.generation.LoggedCall;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was kept of a call. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
record PayloadView(
        String object,
        @Nullable String requestId,
        String call,
        String mode,
        String subject,
        @Nullable String apiKey,
        @Nullable String conversation,
        @Nullable String response,
        @Nullable String traceId,
        String model,
        String purpose,
        String outcome,
        @Nullable Long inputTokens,
        @Nullable Long outputTokens,
        Instant startedAt,
        Instant endedAt,
        Instant expiresAt,
        @Nullable List<MessageView> messages,
        @Nullable String answer) {
    /** One message of the prompt. */
    @RegisterForReflection
    record MessageView(String role, String content) {}

    static PayloadView of(KeptPayload kept) {
        LoggedCall.Text text = kept.text();
        return new PayloadView(
                "gateway.payload",
                kept.requestId(),
                kept.call(),
                kept.mode(),
                kept.subject(),
                kept.apiKey(),
                kept.conversation(),
                kept.response(),
                kept.trace(),
                kept.model(),
                kept.purpose(),
                kept.outcome(),
                kept.inputTokens(),
                kept.outputTokens(),
                kept.startedAt(),
                kept.endedAt(),
                kept.expiresAt(),
                text == null
                        ? null
                        : text.messages().stream()
                                .map(said -> new MessageView(said.role().text(), said.text()))
                                .toList(),
                text == null ? null : text.answer());
    }
}
