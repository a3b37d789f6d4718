package dev.parley.conversation.app.response;

import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.Responses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/** Stops a turn, whichever replica runs it; what it said is kept and billed. */
@ApplicationScoped
public class CancelResponse {
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Responses responses;
    private final RequestCancel requestCancel;
    private final RunningTurns running;
    private final FollowResponse followResponse;
    private final AwaitEnd awaitEnd;

    @Inject
    CancelResponse(
            Responses responses,
            RequestCancel requestCancel,
            RunningTurns running,
            FollowResponse followResponse,
            AwaitEnd awaitEnd) {
        this.responses = responses;
        this.requestCancel = requestCancel;
        this.running = running;
        this.followResponse = followResponse;
        this.awaitEnd = awaitEnd;
    }

    /** The turn as it ended, or as it stands if its replica has not stopped it yet. */
    public Optional<Response> handle(ResponseId id, Owner owner) {
        Optional<Response> found = responses.find(id, owner);
        if (found.isEmpty() || found.get().end() != null) {
            return found;
        }
        requestCancel.handle(found.get());
        running.find(id).ifPresent(RunningTurn::cancel);
        return awaitEnd.handle(followResponse.follow(found.get()), PATIENCE)
                .or(() -> responses.find(id, owner));
    }
}
