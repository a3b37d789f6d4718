package dev.parley.conversation.business.context;

import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.ResponseId;
import java.util.Optional;

/** All manifests; none is ever changed. */
public interface Manifests {
    void add(Manifest manifest, Owner owner);

    Optional<Manifest> find(ResponseId response, Owner owner);
}
