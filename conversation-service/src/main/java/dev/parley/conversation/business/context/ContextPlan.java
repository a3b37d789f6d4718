package dev.parley.conversation.business.context;

import dev.parley.conversation.business.message.ItemId;
import java.util.List;
import java.util.UUID;

/**
 * What a model is shown for one turn.
 *
 * @param messages in the order and the words that the model is given
 * @param layers the instructions that stand before the items
 * @param items those of the path that are shown, oldest first
 * @param omitted how many items of the path are not shown
 */
public record ContextPlan(
        List<Message> messages,
        List<Layer> layers,
        List<ItemId> items,
        int omitted,
        long inputTokens,
        long reservedOutput,
        long window) {

    /** The one strategy there is yet: whole messages are left out, oldest first. */
    public static final String STRATEGY = "trim_oldest";

    /**
     * One message for the model; markers in it are neutralised unless it instructs.
     *
     * @param screened whether moderation has let it pass already, in the turn that it belongs to
     */
    public record Message(Speaker speaker, String text, boolean screened) {}

    /** The roles that every model knows. */
    public enum Speaker {
        SYSTEM,
        USER,
        ASSISTANT
    }

    /** Which text was used for a layer of instructions. */
    public record Layer(InstructionLayer layer, UUID payload, int tokens) {}

    public ContextPlan {
        messages = List.copyOf(messages);
        layers = List.copyOf(layers);
        items = List.copyOf(items);
    }
}
