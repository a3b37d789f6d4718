package dev.parley.conversation.business.context;

import dev.parley.conversation.business.message.Commitment;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.message.Salt;
import java.time.Instant;
import java.util.List;

/**
 * The record of what a model was sent for a turn: ids, versions and counts, never text.
 *
 * @param hash what putting the same items together again by the same rules has to give
 */
public record Manifest(
        ResponseId response,
        String model,
        String strategy,
        String markerRule,
        String estimator,
        List<ContextPlan.Layer> layers,
        List<ItemId> items,
        int omitted,
        long inputTokens,
        long reservedOutput,
        long window,
        Salt salt,
        Commitment hash,
        Instant createdAt) {

    public Manifest {
        layers = List.copyOf(layers);
        items = List.copyOf(items);
    }

    public static Manifest of(
            ResponseId response, String model, ContextPlan plan, Salt salt, Instant now) {
        return new Manifest(
                response,
                model,
                ContextPlan.STRATEGY,
                TemplateMarkers.VERSION,
                TokenEstimate.VERSION,
                plan.layers(),
                plan.items(),
                plan.omitted(),
                plan.inputTokens(),
                plan.reservedOutput(),
                plan.window(),
                salt,
                hash(salt, plan.messages()),
                now);
    }

    public static Commitment hash(Salt salt, List<ContextPlan.Message> messages) {
        Commitment.Builder builder = new Commitment.Builder(salt);
        messages.forEach(message -> builder.add(message.speaker().name()).add(message.text()));
        return builder.build();
    }
}
