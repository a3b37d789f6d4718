package dev.parley.conversation.business.context;

import java.util.Optional;

/** The windows of the models that the gateway knows. */
public interface ModelWindows {
    /** Empty for an unknown model, which the gateway will refuse itself. */
    Optional<ModelWindow> find(String model);

    /** Asks whether the gateway's models changed; without waiting for the answer. */
    void follow();
}
