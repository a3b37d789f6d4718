package dev.parley.conversation.app.context;

import dev.parley.conversation.business.context.ContextPlan.Message;
import dev.parley.conversation.business.context.ContextPlan.Speaker;
import dev.parley.conversation.business.context.ContextPlanner;
import dev.parley.conversation.business.context.Manifest;
import dev.parley.conversation.business.context.Manifests;
import dev.parley.conversation.business.message.Item;
import dev.parley.conversation.business.message.Messages;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.Payload;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.Responses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what the model was sent for a turn, and checks that it can still be put together. */
@ApplicationScoped
public class ReadManifest {
    private final Manifests manifests;
    private final Responses responses;
    private final Messages messages;

    @Inject
    ReadManifest(Manifests manifests, Responses responses, Messages messages) {
        this.manifests = manifests;
        this.responses = responses;
        this.messages = messages;
    }

    /** A manifest and what came of putting its items together again. */
    public record Checked(Manifest manifest, Reassembly reassembly) {}

    /** What putting the items of a manifest together again gives. */
    public enum Reassembly {
        REPRODUCED,
        DIFFERS,
        /** Some of the text is gone. */
        ERASED
    }

    /** The turn's manifest; empty for a turn that is not the owner's or was never planned. */
    public Optional<Checked> handle(ResponseId id, Owner owner) {
        if (responses.find(id, owner).isEmpty()) {
            return Optional.empty();
        }
        return manifests
                .find(id, owner)
                .map(manifest -> new Checked(manifest, reassemble(manifest, owner)));
    }

    private Reassembly reassemble(Manifest manifest, Owner owner) {
        List<Message> again = new ArrayList<>();
        for (var layer : manifest.layers()) {
            Optional<Payload> payload = messages.payload(owner, layer.payload());
            if (payload.isEmpty()) {
                return Reassembly.ERASED;
            }
            again.add(new Message(Speaker.SYSTEM, payload.get().text(), true));
        }
        List<Item> items = messages.inOrder(owner, manifest.items());
        if (items.size() < manifest.items().size()) {
            return Reassembly.ERASED;
        }
        items.forEach(item -> again.add(ContextPlanner.message(item)));
        return Manifest.hash(manifest.salt(), again).equals(manifest.hash())
                ? Reassembly.REPRODUCED
                : Reassembly.DIFFERS;
    }
}
