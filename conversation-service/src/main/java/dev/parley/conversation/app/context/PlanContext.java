package dev.parley.conversation.app.context;

import dev.parley.conversation.business.context.ContextPlan;
import dev.parley.conversation.business.context.ContextPlanner;
import dev.parley.conversation.business.context.ContextPlanner.Planning;
import dev.parley.conversation.business.context.ContextPolicy;
import dev.parley.conversation.business.context.InstructionLayer;
import dev.parley.conversation.business.context.Instructions;
import dev.parley.conversation.business.context.Manifest;
import dev.parley.conversation.business.context.Manifests;
import dev.parley.conversation.business.context.ModelWindow;
import dev.parley.conversation.business.context.ModelWindows;
import dev.parley.conversation.business.message.Item;
import dev.parley.conversation.business.message.Messages;
import dev.parley.conversation.business.message.Payload;
import dev.parley.conversation.business.message.Salt;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.Settings.Truncation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans what the model is shown for a turn, and keeps the manifest of it. */
@ApplicationScoped
public class PlanContext {
    private final Messages messages;
    private final ModelWindows windows;
    private final Manifests manifests;
    private final ContextPolicy policy;
    private final SecureRandom random = new SecureRandom();

    @Inject
    PlanContext(
            Messages messages, ModelWindows windows, Manifests manifests, ContextPolicy policy) {
        this.messages = messages;
        this.windows = windows;
        this.manifests = manifests;
        this.policy = policy;
    }

    /** A plan, or why there is none. */
    public sealed interface Outcome {
        record Planned(ContextPlan plan) implements Outcome {}

        record TooLong(long needed, long available) implements Outcome {}
    }

    /** Plans for a turn that adds these items. */
    public Outcome handle(
            Response turn, List<Item> added, @Nullable Payload conversationInstructions) {
        ModelWindow window = windows.find(turn.settings().model()).orElse(policy.unknownModel());
        Long asked = turn.settings().maxOutputTokens();
        long reserved =
                Math.min(asked == null ? window.defaultOutput() : asked, window.tokens() / 2);
        Messages.Path path =
                turn.startedFrom() == null
                        ? Messages.Path.NONE
                        : messages.path(turn.conversation(), turn.startedFrom(), window.tokens());
        Planning planning =
                ContextPlanner.plan(
                        new ContextPlanner.Request(
                                layers(turn, conversationInstructions),
                                path,
                                added,
                                window,
                                reserved,
                                turn.settings().truncation() == Truncation.AUTO));
        return switch (planning) {
            case Planning.Planned planned -> {
                if (turn.stored()) {
                    manifests.add(
                            Manifest.of(
                                    turn.id(),
                                    turn.settings().model(),
                                    planned.plan(),
                                    Salt.random(random),
                                    Instant.now()),
                            turn.owner());
                }
                yield new Outcome.Planned(planned.plan());
            }
            case Planning.TooLong tooLong ->
                    new Outcome.TooLong(tooLong.needed(), tooLong.available());
        };
    }

    /** The layers above the conversation's are empty until there are templates to fill them. */
    private static List<Instructions> layers(
            Response turn, @Nullable Payload conversationInstructions) {
        List<Instructions> layers = new ArrayList<>();
        if (conversationInstructions != null) {
            layers.add(new Instructions(InstructionLayer.CONVERSATION, conversationInstructions));
        }
        if (turn.instructions() != null) {
            layers.add(new Instructions(InstructionLayer.REQUEST, turn.instructions()));
        }
        return layers;
    }
}
