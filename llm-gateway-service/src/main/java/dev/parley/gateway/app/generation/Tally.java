package dev.parley.gateway.app.generation;

import dev.parley.gateway.business.admission.CallFacts;
import dev.parley.gateway.business.admission.Reservation;
import dev.parley.gateway.business.generation.Ending;
import dev.parley.gateway.business.generation.GenerationPolicy;
import dev.parley.gateway.business.generation.TokenUsage;
import dev.parley.gateway.business.generation.UsageRecord;
import dev.parley.gateway.business.model.ChatModel;
import dev.parley.gateway.business.model.Tokens;
import dev.parley.gateway.business.provider.ProviderEvent;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a call has used so far, and when; guarded by the call's lock. */
final class Tally {
    private final Reservation reservation;
    private final Tokens inputAtLeast;
    private final Clock clock;
    private Instant startedAt;
    private long startedNanos;
    private long lastSignNanos;
    private @Nullable Instant firstTokenAt;
    private long received;
    private ProviderEvent.@Nullable End end;

    Tally(Reservation reservation, Tokens inputAtLeast, Clock clock) {
        this.reservation = reservation;
        this.inputAtLeast = inputAtLeast;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    void start() {
        startedAt = clock.instant();
        startedNanos = System.nanoTime();
    }

    /** The provider is asked: its silence is counted from now. */
    void asked() {
        lastSignNanos = System.nanoTime();
    }

    /** A token came. */
    void received() {
        received++;
        lastSignNanos = System.nanoTime();
        if (firstTokenAt == null) {
            firstTokenAt = clock.instant();
        }
    }

    void ended(ProviderEvent.End last) {
        end = last;
    }

    boolean isEmpty() {
        return received == 0;
    }

    boolean isEnded() {
        return end != null;
    }

    ProviderEvent.@Nullable End end() {
        return end;
    }

    /** Whether the provider has been silent, or the answer has gone on, for too long. */
    boolean isOverdue(GenerationPolicy policy, long nowNanos) {
        long mostSilence = (isEmpty() ? policy.firstToken() : policy.betweenTokens()).toNanos();
        return !isEnded()
                && (nowNanos - lastSignNanos > mostSilence
                        || nowNanos - startedNanos > policy.total().toNanos());
    }

    /** The provider's numbers; before it has told them ours, never above what was reserved. */
    TokenUsage usage() {
        TokenUsage counted = end == null ? null : end.usage();
        return counted != null
                ? counted
                : TokenUsage.estimated(
                        inputAtLeast.min(reservation.input()),
                        new Tokens(received).min(reservation.grantedOutput()));
    }

    /** The call as it is charged when it ends now. */
    UsageRecord charge(
            CallFacts call, ChatModel model, int attempts, TokenUsage usage, Ending ending) {
        return new UsageRecord(
                call,
                reservation,
                model,
                attempts,
                usage,
                ending,
                startedAt,
                firstTokenAt,
                clock.instant());
    }
}
