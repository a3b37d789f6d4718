package dev.parley.conversation.business.context;

import dev.parley.conversation.business.context.ContextPlan.Layer;
import dev.parley.conversation.business.context.ContextPlan.Message;
import dev.parley.conversation.business.context.ContextPlan.Speaker;
import dev.parley.conversation.business.message.Item;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.Messages;
import dev.parley.conversation.business.message.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Decides what a model is shown for a turn; the same inputs always give the same plan. */
public final class ContextPlanner {
    private ContextPlanner() {}

    /**
     * What there is to choose from.
     *
     * @param instructions of every layer that has any
     * @param path earlier items; perhaps only the newest of them
     * @param added the turn's own items, which are never left out
     * @param mayTrim whether earlier items may be left out
     */
    public record Request(
            List<Instructions> instructions,
            Messages.Path path,
            List<Item> added,
            ModelWindow window,
            long reservedOutput,
            boolean mayTrim) {}

    /** A plan, or why there is none. */
    public sealed interface Planning {
        record Planned(ContextPlan plan) implements Planning {}

        /** The least that has to be shown is more than the model takes. */
        record TooLong(long needed, long available) implements Planning {}
    }

    public static Planning plan(Request request) {
        List<Instructions> layers =
                request.instructions().stream()
                        .sorted(Comparator.comparing(Instructions::layer))
                        .toList();
        long available = request.window().tokens() - request.reservedOutput();
        long fixed = 0;
        List<Layer> usedLayers = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        for (Instructions layer : layers) {
            String text = layer.payload().text();
            int tokens = TokenEstimate.ofMessage(text);
            fixed += tokens;
            usedLayers.add(new Layer(layer.layer(), layer.payload().id(), tokens));
            messages.add(new Message(Speaker.SYSTEM, text, true));
        }
        for (Item item : request.added()) {
            fixed += item.tokens();
        }
        List<Item> path = request.path().items();
        int first = path.size();
        long total = fixed;
        while (first > 0 && total + path.get(first - 1).tokens() <= available) {
            first--;
            total += path.get(first).tokens();
        }
        if (total > available || (!request.mayTrim() && first + request.path().beyond() > 0)) {
            long needed = fixed + path.stream().mapToLong(Item::tokens).sum();
            return new Planning.TooLong(needed, Math.max(0, available));
        }
        List<Item> shown = new ArrayList<>(path.subList(first, path.size()));
        shown.addAll(request.added());
        shown.forEach(item -> messages.add(message(item)));
        List<ItemId> ids = shown.stream().map(Item::id).toList();
        return new Planning.Planned(
                new ContextPlan(
                        messages,
                        usedLayers,
                        ids,
                        request.path().beyond() + first,
                        total,
                        request.reservedOutput(),
                        request.window().tokens()));
    }

    /** How an item is put before a model. */
    public static Message message(Item item) {
        String text = item.payload().text();
        boolean screened = isScreened(item);
        return switch (item.role()) {
            case SYSTEM, DEVELOPER -> new Message(Speaker.SYSTEM, text, screened);
            case USER -> new Message(Speaker.USER, TemplateMarkers.neutralise(text), screened);
            case ASSISTANT ->
                    new Message(Speaker.ASSISTANT, TemplateMarkers.neutralise(text), screened);
        };
    }

    /**
     * A model's answer is screened as it comes, a turn's input before the model sees it; what was
     * put into the conversation without a turn, or with one that ended before, is not.
     */
    private static boolean isScreened(Item item) {
        return item.origin() == Origin.GENERATED
                || (item.response() != null && item.sentAt() != null);
    }
}
