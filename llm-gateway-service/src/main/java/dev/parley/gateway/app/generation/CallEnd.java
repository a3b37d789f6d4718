package dev.parley.gateway.app.generation;

import dev.parley.gateway.business.admission.CallId;
import dev.parley.gateway.business.admission.ReservationId;
import dev.parley.gateway.business.generation.ClaimEnd;
import dev.parley.gateway.business.generation.Ending;
import dev.parley.gateway.business.generation.Failure;
import dev.parley.gateway.business.generation.FinishReason;
import dev.parley.gateway.business.generation.KeptAnswer;
import dev.parley.gateway.business.generation.TokenUsage;
import dev.parley.gateway.business.model.ChatModel;
import java.util.concurrent.CompletionStage;

/**
 * What a call leaves behind when it ends: its usage record and, where it has claimed its request,
 * its answer or none. Guarded by the call's lock; one of its endings is told, once.
 */
final class CallEnd {
    private final GenerateText.Command command;
    private final ChatModel model;
    private final ReservationId reservation;
    private final Tally tally;
    private final Neighbours neighbours;
    private final StringBuilder text = new StringBuilder();

    CallEnd(
            GenerateText.Command command,
            ChatModel model,
            ReservationId reservation,
            Tally tally,
            Neighbours neighbours) {
        this.command = command;
        this.model = model;
        this.reservation = reservation;
        this.tally = tally;
        this.neighbours = neighbours;
    }

    /** Whether somebody may ask for the answer again. */
    boolean isClaimed() {
        return command.request() != null;
    }

    /** A further part of the answer. */
    void shown(String part) {
        if (isClaimed()) {
            text.append(part);
        }
    }

    /** The answer is whole. */
    CompletionStage<Void> answered(FinishReason reason, TokenUsage usage, int attempts) {
        return commit(
                reason.ending(),
                usage,
                attempts,
                new ClaimEnd.Answered(
                        command.call().id(),
                        new KeptAnswer.Whole(
                                text.toString(), reason, usage, provider(), attempts)));
    }

    /** Something was used, but the answer is not whole. */
    CompletionStage<Void> broken(Ending ending, TokenUsage usage, int attempts) {
        return commit(ending, usage, attempts, new ClaimEnd.Freed(command.call().id()));
    }

    /** Nothing was used; only what the provider says of the request itself stands. */
    void unused(Failure why, int attempts) {
        neighbours.reservations().release(reservation);
        if (!isClaimed()) {
            return;
        }
        CallId call = command.call().id();
        if (why == Failure.UPSTREAM_REFUSED) {
            neighbours.claims().keep(call, new KeptAnswer.Refused(why, provider(), attempts));
        } else {
            neighbours.claims().free(call);
        }
    }

    private String provider() {
        return neighbours.provider().name();
    }

    private CompletionStage<Void> commit(
            Ending ending, TokenUsage usage, int attempts, ClaimEnd claim) {
        return neighbours
                .records()
                .commit(
                        tally.charge(command.call(), model, attempts, usage, ending),
                        isClaimed() ? claim : null);
    }
}
