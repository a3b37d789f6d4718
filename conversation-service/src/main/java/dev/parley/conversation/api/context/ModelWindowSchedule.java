package dev.parley.conversation.api.context;

import dev.parley.conversation.app.context.FollowModelWindows;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Asks the gateway again and again whether its models changed. */
@ApplicationScoped
class ModelWindowSchedule {
    private final FollowModelWindows followModelWindows;

    @Inject
    ModelWindowSchedule(FollowModelWindows followModelWindows) {
        this.followModelWindows = followModelWindows;
    }

    @Scheduled(
            identity = "follow-model-windows",
            every = "{parley.context.change-poll-interval}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void follow() {
        followModelWindows.handle();
    }
}
