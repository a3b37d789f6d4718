package dev.parley.conversation.app.context;

import dev.parley.conversation.business.context.ModelWindows;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Keeps what is known of the gateway's models up to date. */
@ApplicationScoped
public class FollowModelWindows {
    private final ModelWindows windows;

    @Inject
    FollowModelWindows(ModelWindows windows) {
        this.windows = windows;
    }

    public void handle() {
        windows.follow();
    }
}
