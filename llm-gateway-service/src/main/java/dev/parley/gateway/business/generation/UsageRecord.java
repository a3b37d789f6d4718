package dev.parley.gateway.business.generation;

import dev.parley.gateway.business.admission.CallFacts;
import dev.parley.gateway.business.admission.Reservation;
import dev.parley.gateway.business.model.ChatModel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one billable attempt of a call used; the only thing that is ever billed.
 *
 * @param attempt counted from 1
 * @param startedAt when the provider was asked
 * @param firstTokenAt when its first text came, or null
 */
public record UsageRecord(
        CallFacts call,
        Reservation reservation,
        ChatModel model,
        int attempt,
        TokenUsage usage,
        Ending ending,
        Instant startedAt,
        @Nullable Instant firstTokenAt,
        Instant finishedAt) {}
