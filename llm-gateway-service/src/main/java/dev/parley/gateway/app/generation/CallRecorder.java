package dev.parley.gateway.app.generation;

import dev.parley.gateway.business.generation.GenerationEvent;
import dev.parley.gateway.business.generation.LoggedCall;
import dev.parley.gateway.business.generation.PayloadPolicy;
import dev.parley.gateway.business.generation.TokenUsage;
import io.smallrye.mutiny.Multi;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Hears what becomes of one call, for the log of payloads; ends once. */
final class CallRecorder {
    private final GenerateText.Command command;
    private final CompletableFuture<PayloadPolicy> policy;
    private final Instant startedAt;
    private final KeepPayloads log;
    private final StringBuilder shown = new StringBuilder();
    private boolean over;

    CallRecorder(
            GenerateText.Command command,
            CompletableFuture<PayloadPolicy> policy,
            Instant startedAt,
            KeepPayloads log) {
        this.command = command;
        this.policy = policy;
        this.startedAt = startedAt;
        this.log = log;
    }

    GenerateText.Command command() {
        return command;
    }

    CompletableFuture<PayloadPolicy> policy() {
        return policy;
    }

    /** The same events, listened to. */
    Multi<GenerationEvent> listenTo(Multi<GenerationEvent> events) {
        return events.onItem()
                .invoke(this::hear)
                .onCancellation()
                .invoke(() -> end(command.whenAbandoned().text(), null));
    }

    void refused(String code) {
        end("refused:" + code, null);
    }

    private void hear(GenerationEvent event) {
        switch (event) {
            case GenerationEvent.Delta delta -> append(delta.text());
            case GenerationEvent.Finished finished ->
                    end(finished.reason().text(), finished.usage());
            case GenerationEvent.Failed failed ->
                    end("failed:" + failed.failure().code(), failed.usage());
        }
    }

    private synchronized void append(String text) {
        shown.append(text);
    }

    private void end(String outcome, @Nullable TokenUsage usage) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        log.offer(this, outcome, usage);
    }

    synchronized long characters() {
        return shown.length()
                + command.prompt().messages().stream()
                        .mapToLong(message -> message.text().length())
                        .sum();
    }

    /** What is kept of it by a policy that keeps something. */
    synchronized LoggedCall logged(
            PayloadPolicy kept, String outcome, @Nullable TokenUsage usage, Instant endedAt) {
        LoggedCall whole =
                new LoggedCall(
                        command.call(),
                        command.model(),
                        kept.mode(),
                        outcome,
                        usage,
                        startedAt,
                        endedAt,
                        endedAt.plus(kept.timeToLive()),
                        new LoggedCall.Text(command.prompt().messages(), shown.toString()));
        return kept.mode() == PayloadPolicy.Mode.METADATA ? whole.withoutText() : whole;
    }
}
