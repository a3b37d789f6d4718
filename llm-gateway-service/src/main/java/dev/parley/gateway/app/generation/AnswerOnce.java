package dev.parley.gateway.app.generation;

import dev.parley.gateway.business.admission.CallId;
import dev.parley.gateway.business.admission.Refusal;
import dev.parley.gateway.business.generation.AnswerClaims;
import dev.parley.gateway.business.generation.KeptAnswer;
import dev.parley.gateway.business.generation.RequestKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Answers a request that may be made again: the first time by a call, and then by its answer. */
@ApplicationScoped
public class AnswerOnce {
    static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What became of a request. */
    public sealed interface Outcome {
        /** A call was made for it. */
        record Anew(GenerateText.Outcome outcome, Instant createdAt) implements Outcome {}

        /** An earlier call has answered it. */
        record Again(CallId call, Instant createdAt, KeptAnswer answer) implements Outcome {}

        /** An earlier call is about to answer it. */
        record InProgress() implements Outcome {}

        /** Its key stands for another request. */
        record KeyReused() implements Outcome {}
    }

    private final GenerateText generateText;
    private final AnswerClaims claims;
    private final Clock clock;

    @Inject
    AnswerOnce(GenerateText generateText, AnswerClaims claims, Clock clock) {
        this.generateText = generateText;
        this.claims = claims;
        this.clock = clock;
    }

    /** Without a key every request is the first; cancelling leaves nothing claimed or reserved. */
    public Uni<Outcome> handle(GenerateText.Command command) {
        Instant createdAt = clock.instant();
        RequestKey request = command.request();
        if (request == null) {
            return anew(command, createdAt);
        }
        Optional<Refusal> now = generateText.refusalOfAll();
        if (now.isPresent()) {
            return known(new Outcome.Anew(new GenerateText.Outcome.Refused(now.get()), createdAt));
        }
        Uni<AnswerClaims.Claim> claiming = claim(request, command.call().id(), createdAt);
        if (request.kind() == RequestKey.Kind.FIRST_TRY) {
            // Nobody else goes by its name, so nothing is to be waited for but its being on record.
            return freeing(
                    command,
                    Uni.combine()
                            .all()
                            .unis(claiming, anew(command, createdAt))
                            .with((granted, outcome) -> outcome));
        }
        return claiming.flatMap(
                claim ->
                        switch (claim) {
                            case AnswerClaims.Claim.Granted ignored ->
                                    freeing(command, anew(command, createdAt));
                            case AnswerClaims.Claim.InProgress ignored ->
                                    known(new Outcome.InProgress());
                            case AnswerClaims.Claim.OtherRequest ignored ->
                                    known(new Outcome.KeyReused());
                            case AnswerClaims.Claim.Answered answered ->
                                    known(
                                            new Outcome.Again(
                                                    answered.call(),
                                                    answered.createdAt(),
                                                    answered.answer()));
                        });
    }

    /** A claim that is granted to somebody who has left meanwhile is given up. */
    private Uni<AnswerClaims.Claim> claim(RequestKey request, CallId call, Instant createdAt) {
        Duration patience = request.kind().joins() ? PATIENCE : Duration.ZERO;
        return Uni.createFrom()
                .deferred(
                        () -> {
                            CompletionStage<AnswerClaims.Claim> claim =
                                    claims.claim(request, call, createdAt, LEASE, patience);
                            // A copy: cancelling ends the stage that it is given.
                            return Uni.createFrom()
                                    .completionStage(claim.thenApply(known -> known))
                                    .onCancellation()
                                    .invoke(() -> claim.thenAccept(late -> giveUp(late, call)));
                        });
    }

    private void giveUp(AnswerClaims.Claim late, CallId call) {
        if (late instanceof AnswerClaims.Claim.Granted) {
            claims.free(call);
        }
    }

    /** Gives the claim up when it comes to no call. */
    private Uni<Outcome> freeing(GenerateText.Command command, Uni<Outcome> anew) {
        Runnable free = () -> claims.free(command.call().id());
        return anew.invoke(
                        outcome -> {
                            if (outcome instanceof Outcome.Anew made
                                    && made.outcome() instanceof GenerateText.Outcome.Refused) {
                                free.run();
                            }
                        })
                .onFailure()
                .invoke(free)
                .onCancellation()
                .invoke(free);
    }

    private Uni<Outcome> anew(GenerateText.Command command, Instant createdAt) {
        return Uni.createFrom()
                .deferred(() -> generateText.handle(command))
                .map(outcome -> new Outcome.Anew(outcome, createdAt));
    }

    private static Uni<Outcome> known(Outcome outcome) {
        return Uni.createFrom().item(outcome);
    }
}
