package dev.parley.conversation.app.response;

import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.Responses;
import dev.parley.conversation.business.response.TurnProgress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Watches a turn, whichever replica runs it, or reads one that has ended. */
@ApplicationScoped
public class FollowResponse {
    private final Responses responses;
    private final RunningTurns running;
    private final RemoteTurns remote;

    @Inject
    FollowResponse(Responses responses, RunningTurns running, RemoteTurns remote) {
        this.responses = responses;
        this.running = running;
        this.remote = remote;
    }

    /** A turn as it stood, and what there is to see of it from then on. */
    public record Followed(Response turn, TurnProgress progress) {}

    public Optional<Followed> handle(ResponseId id, Owner owner) {
        return responses.find(id, owner).map(turn -> new Followed(turn, follow(turn)));
    }

    TurnProgress follow(Response turn) {
        if (turn.end() != null) {
            return TurnProgress.of(turn);
        }
        Optional<RunningTurn> here = running.find(turn.id());
        return here.isPresent() ? here.get() : remote.follow(turn);
    }
}
