package dev.parley.gateway.business.generation;

import dev.parley.gateway.business.admission.CallFacts;
import dev.parley.gateway.business.model.Message;
import dev.parley.gateway.business.model.ModelId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one call.
 *
 * @param outcome how the call ended, as its usage record says, or {@code refused:} or {@code
 *     failed:} and a code
 * @param usage null for calls that reached no provider
 * @param text null where none is to be kept
 */
public record LoggedCall(
        CallFacts call,
        ModelId model,
        PayloadPolicy.Mode mode,
        String outcome,
        @Nullable TokenUsage usage,
        Instant startedAt,
        Instant endedAt,
        Instant expiresAt,
        @Nullable Text text) {

    /** What a model was asked, and what of its answer was shown. */
    public record Text(List<Message> messages, String answer) {
        public Text {
            messages = List.copyOf(messages);
        }

        @Override
        public String toString() {
            return "Text[…]";
        }
    }

    /** The same by its metadata alone. */
    public LoggedCall withoutText() {
        return new LoggedCall(
                call,
                model,
                PayloadPolicy.Mode.METADATA,
                outcome,
                usage,
                startedAt,
                endedAt,
                expiresAt,
                null);
    }

    /** The same with another text. */
    public LoggedCall withText(Text other) {
        return new LoggedCall(
                call, model, mode, outcome, usage, startedAt, endedAt, expiresAt, other);
    }
}
