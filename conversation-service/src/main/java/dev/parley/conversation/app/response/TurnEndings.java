package dev.parley.conversation.app.response;

import dev.parley.conversation.app.response.RunningTurn.Finish;
import dev.parley.conversation.business.context.TokenEstimate;
import dev.parley.conversation.business.conversation.AuditTrail;
import dev.parley.conversation.business.message.ContentPart;
import dev.parley.conversation.business.message.Payload;
import dev.parley.conversation.business.message.Salt;
import dev.parley.conversation.business.response.Failure;
import dev.parley.conversation.business.response.FinishReason;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.Response.End;
import dev.parley.conversation.business.response.Responses;
import dev.parley.conversation.business.response.TokenUsage;
import dev.parley.conversation.business.response.TurnPolicy;
import dev.parley.conversation.business.response.TurnTraces;
import dev.parley.platform.id.TimeOrderedIds;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Brings turns to their end, each on a virtual thread of its own, and insists. */
@ApplicationScoped
class TurnEndings {
    private static final System.Logger LOG = System.getLogger(TurnEndings.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final FinishTurn finishTurn;
    private final KeepAnswer keepAnswer;
    private final Responses responses;
    private final RunningTurns running;
    private final AuditTrail audit;
    private final TurnTraces traces;
    private final TimeOrderedIds ids;
    private final TurnPolicy policy;
    private final SecureRandom random = new SecureRandom();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @Inject
    TurnEndings(
            FinishTurn finishTurn,
            KeepAnswer keepAnswer,
            Responses responses,
            RunningTurns running,
            AuditTrail audit,
            TurnTraces traces,
            TimeOrderedIds ids,
            TurnPolicy policy) {
        this.finishTurn = finishTurn;
        this.keepAnswer = keepAnswer;
        this.responses = responses;
        this.running = running;
        this.audit = audit;
        this.traces = traces;
        this.ids = ids;
        this.policy = policy;
    }

    @PreDestroy
    void close() {
        threads.shutdown();
    }

    void end(RunningTurn turn) {
        threads.execute(() -> traces.within(turn.turn(), () -> endNow(turn)));
    }

    private void endNow(RunningTurn turn) {
        try {
            turn.close(turn.turn().stored() ? endStored(turn) : endUnstored(turn));
        } catch (RuntimeException | Error failure) {
            LOG.log(System.Logger.Level.ERROR, "a turn could not be ended", failure);
            if (turn.turn().stored()) {
                turn.closeUnrecorded(turn.turn().ended(endUnrecorded(turn)));
            } else {
                turn.close(turn.turn().ended(endOf(turn)));
            }
        } finally {
            running.remove(turn);
        }
    }

    private Response endUnstored(RunningTurn turn) {
        Response ended = turn.turn().ended(endOf(turn));
        if (turn.finish() instanceof Finish.Refused refused && refused.refusal().byRule()) {
            audit.count(
                    ended.owner(),
                    FinishTurn.refusalOf(ended, refused.refusal()),
                    ended.traceparent());
        }
        if (turn.kept()) {
            keep(ended);
        }
        return ended;
    }

    /** What cannot be kept was said nevertheless; its lease lets it be asked for anew. */
    private void keep(Response ended) {
        try {
            keepAnswer.handle(ended);
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "an answer is not kept", failure);
        }
    }

    private Response endStored(RunningTurn turn) {
        if (turn.finish() instanceof Finish.Lost) {
            return insist(() -> fate(turn));
        }
        Response ended = turn.turn().ended(endOf(turn));
        return insist(
                () -> finishTurn.handle(ended, turn.sentAt()) ? Optional.of(ended) : fate(turn));
    }

    /** What became of a turn that someone else ended; empty while that is still being done. */
    private Optional<Response> fate(RunningTurn turn) {
        Optional<Response> found = responses.find(turn.id(), turn.turn().owner());
        if (found.isEmpty()) {
            return Optional.of(RemoteTurns.deleted(turn.turn()));
        }
        return found.filter(response -> response.end() != null);
    }

    /** What is told of a turn whose end cannot be recorded: what its heir is going to record. */
    private End endUnrecorded(RunningTurn turn) {
        boolean cancelled =
                turn.finish() instanceof Finish.Ended ended
                        && ended.reason() == FinishReason.CANCELLED;
        return endAbandoned(cancelled, turn.everythingShown());
    }

    /** The end of a turn that its replica could not bring about, with what is in the log. */
    End endAbandoned(boolean cancelRequested, List<String> said) {
        Finish.Ended how =
                cancelRequested
                        ? new Finish.Ended(FinishReason.CANCELLED, null, null)
                        : new Finish.Ended(FinishReason.ABANDONED, null, Failure.ABANDONED);
        return endOf(how, said, 0, null, Moments.now());
    }

    /** The end of a turn by what was gathered. */
    private End endOf(RunningTurn turn) {
        Instant now = Moments.now();
        return switch (turn.finish()) {
            case Finish.Refused refused ->
                    new End(
                            FinishReason.REFUSED,
                            null,
                            List.of(),
                            null,
                            null,
                            refused.refusal(),
                            null,
                            now);
            case Finish.Ended ended ->
                    endOf(ended, turn.everythingSaid(), turn.inputTokens(), turn.firstToken(), now);
            case Finish.Lost ignored ->
                    endOf(
                            new Finish.Ended(FinishReason.CANCELLED, null, null),
                            turn.everythingSaid(),
                            turn.inputTokens(),
                            turn.firstToken(),
                            now);
        };
    }

    private End endOf(
            Finish.Ended how,
            List<String> said,
            long inputTokens,
            @Nullable Duration firstToken,
            Instant now) {
        List<Integer> ends = new ArrayList<>(said.size());
        StringBuilder text = new StringBuilder();
        for (String delta : said) {
            ends.add(text.append(delta).length());
        }
        boolean output = !said.isEmpty() || how.reason().status().hasOutput();
        Payload payload =
                output
                        ? new Payload(
                                ids.next(),
                                Salt.random(random),
                                List.of(ContentPart.output(text.toString())))
                        : null;
        TokenUsage usage = how.usage();
        if (usage == null) {
            usage =
                    new TokenUsage(
                            inputTokens,
                            0,
                            text.isEmpty() ? 0 : TokenEstimate.of(text.toString()),
                            true);
        }
        return new End(how.reason(), payload, ends, usage, how.failure(), null, firstToken, now);
    }

    /** The database may be away for a while; what was said is still here when it returns. */
    private Response insist(Supplier<Optional<Response>> attempt) {
        long giveUp = System.nanoTime() + policy.endingPatience().toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                Optional<Response> done = attempt.get();
                if (done.isPresent()) {
                    return done.get();
                }
            } catch (RuntimeException | Error failure) {
                if (System.nanoTime() > giveUp || failure instanceof VirtualMachineError) {
                    throw failure;
                }
                LOG.log(System.Logger.Level.WARNING, "ending a turn is tried again", failure);
            }
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("nobody ended the turn");
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped while a turn was being ended", stop);
            }
            pause =
                    pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                            ? pause.multipliedBy(2)
                            : LONGEST_PAUSE;
        }
    }
}
