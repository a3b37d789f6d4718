package dev.parley.conversation.app.response;

import dev.parley.conversation.app.context.PlanContext;
import dev.parley.conversation.app.response.RunningTurn.Gate;
import dev.parley.conversation.business.context.ContextPlan;
import dev.parley.conversation.business.conversation.Metadata;
import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.Drafts;
import dev.parley.conversation.business.message.Item;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.MessageRefusal;
import dev.parley.conversation.business.message.Messages;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.AdmissionRefusal;
import dev.parley.conversation.business.response.FinishReason;
import dev.parley.conversation.business.response.Generations;
import dev.parley.conversation.business.response.KeptTurns;
import dev.parley.conversation.business.response.KeptTurns.Kept;
import dev.parley.conversation.business.response.RequestKey;
import dev.parley.conversation.business.response.RequestKey.Tries;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.Responses;
import dev.parley.conversation.business.response.Settings;
import dev.parley.conversation.business.response.TurnPolicy;
import dev.parley.conversation.business.response.TurnProgress;
import dev.parley.conversation.business.response.TurnRefusal;
import dev.parley.conversation.business.response.TurnTraces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Takes a turn: puts it on record, plans what the model is shown, and has it answered. */
@ApplicationScoped
public class CreateResponse {
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(2);

    private final AcceptTurn acceptTurn;
    private final PlanContext planContext;
    private final FinishTurn finishTurn;
    private final KeepAnswer keepAnswer;
    private final KeptTurns keptTurns;
    private final FollowResponse followResponse;
    private final Messages messages;
    private final Responses responses;
    private final Generations generations;
    private final RunningTurns running;
    private final TurnTraces traces;
    private final GroupCommit log;
    private final TurnEndings endings;
    private final TurnPolicy policy;

    @Inject
    CreateResponse(
            AcceptTurn acceptTurn,
            PlanContext planContext,
            FinishTurn finishTurn,
            KeepAnswer keepAnswer,
            KeptTurns keptTurns,
            FollowResponse followResponse,
            Messages messages,
            Responses responses,
            Generations generations,
            RunningTurns running,
            TurnTraces traces,
            GroupCommit log,
            TurnEndings endings,
            TurnPolicy policy) {
        this.acceptTurn = acceptTurn;
        this.planContext = planContext;
        this.finishTurn = finishTurn;
        this.keepAnswer = keepAnswer;
        this.keptTurns = keptTurns;
        this.followResponse = followResponse;
        this.messages = messages;
        this.responses = responses;
        this.generations = generations;
        this.running = running;
        this.traces = traces;
        this.log = log;
        this.endings = endings;
        this.policy = policy;
    }

    /**
     * A request for a turn.
     *
     * @param maySupply whether the caller may write for others than the user
     * @param stored false when nothing but the usage is to be kept
     * @param streamed whether the caller wants to watch
     * @param request what it is known by when it is made again
     * @param callerIsRevoked whether the caller's token or key has stopped being good meanwhile
     * @param traceparent the W3C trace of the request, and its span
     */
    public record Command(
            Owner owner,
            boolean maySupply,
            Settings settings,
            Drafts input,
            @Nullable ConversationId conversation,
            @Nullable ResponseId previous,
            @Nullable String instructions,
            Metadata metadata,
            boolean stored,
            boolean streamed,
            RequestKey request,
            @Nullable String traceparent,
            BooleanSupplier callerIsRevoked) {}

    /** What becomes of it. */
    public sealed interface Outcome {
        /**
         * It runs, or ran.
         *
         * @param limits the state of the limits that governed it, by header name
         * @param cancel ends it, for a turn that lives no longer than its connection
         */
        record Running(
                Response turn, TurnProgress progress, Map<String, String> limits, Runnable cancel)
                implements Outcome {}

        record Refused(TurnRefusal why) implements Outcome {}
    }

    public Outcome handle(Command command) {
        if (running.stopping()) {
            return new Outcome.Refused(new TurnRefusal.Stopping());
        }
        Map<ItemId, Item> own = own(command);
        Optional<MessageRefusal> unacceptable =
                command.input().refusal(command.instructions(), command.maySupply(), own);
        if (unacceptable.isPresent()) {
            return new Outcome.Refused(new TurnRefusal.Unacceptable(unacceptable.get()));
        }
        Instant now = Moments.now();
        if (command.request().tries() == Tries.FURTHER && command.stored()) {
            Optional<Response> original =
                    responses.repeatable(
                            command.owner(),
                            command.request().request(),
                            now.minus(RequestKey.RETRIES_ARE_JOINED));
            if (original.isPresent()) {
                return join(original.get());
            }
        }
        return switch (acceptTurn.handle(command, own, now)) {
            case AcceptTurn.Outcome.Accepted accepted -> run(accepted, command.callerIsRevoked());
            case AcceptTurn.Outcome.Repeated repeated -> repeat(repeated, command);
            case AcceptTurn.Outcome.Refused refused -> new Outcome.Refused(refused.why());
        };
    }

    private Map<ItemId, Item> own(Command command) {
        return command.input().resent().isEmpty() || command.maySupply()
                ? Map.of()
                : messages.findAll(command.owner(), command.input().resent());
    }

    private Outcome run(AcceptTurn.Outcome.Accepted accepted, BooleanSupplier callerIsRevoked) {
        Response turn = accepted.turn();
        traces.begin(turn);
        return switch (planContext.handle(
                turn, accepted.added(), accepted.conversationInstructions())) {
            case PlanContext.Outcome.Planned planned ->
                    generate(accepted, planned.plan(), callerIsRevoked);
            case PlanContext.Outcome.TooLong tooLong -> {
                AdmissionRefusal refusal =
                        AdmissionRefusal.tooLong(tooLong.needed(), tooLong.available());
                yield refuse(accepted, refusal);
            }
        };
    }

    private Outcome refuse(AcceptTurn.Outcome.Accepted accepted, AdmissionRefusal refusal) {
        Response turn = accepted.turn();
        Response ended =
                turn.ended(
                        new Response.End(
                                FinishReason.REFUSED,
                                null,
                                List.of(),
                                null,
                                null,
                                refusal,
                                null,
                                Moments.now()));
        if (turn.stored()) {
            finishTurn.handle(ended, null);
        } else if (accepted.kept()) {
            keepAnswer.handle(ended);
        }
        return new Outcome.Refused(new TurnRefusal.NotAdmitted(refusal));
    }

    private Outcome generate(
            AcceptTurn.Outcome.Accepted accepted,
            ContextPlan plan,
            BooleanSupplier callerIsRevoked) {
        Response turn = accepted.turn();
        RunningTurn live =
                new RunningTurn(
                        turn,
                        accepted.kept(),
                        plan.inputTokens(),
                        log,
                        endings,
                        Moments.now(),
                        policy.lease().minus(LEASE_MARGIN),
                        callerIsRevoked);
        running.add(live);
        live.endIfRevoked();
        live.started(generations.start(new Generations.Call(turn, plan), live));
        return switch (live.gate().join()) {
            case Gate.Open open ->
                    new Outcome.Running(turn, live, open.admission().limits(), live::cancel);
            case Gate.Shut shut -> new Outcome.Refused(new TurnRefusal.NotAdmitted(shut.refusal()));
        };
    }

    private Outcome repeat(AcceptTurn.Outcome.Repeated repeated, Command command) {
        if (!repeated.request().equals(command.request().request())) {
            return new Outcome.Refused(new TurnRefusal.KeyReused());
        }
        if (!command.stored()) {
            return repeatUnstored(new ResponseId(repeated.resource()), command);
        }
        Optional<Response> original =
                responses.find(new ResponseId(repeated.resource()), command.owner());
        if (original.isEmpty()) {
            return new Outcome.Refused(new TurnRefusal.Gone());
        }
        Response first = original.get();
        if (first.end() == null
                && !command.streamed()
                && command.request().tries() != Tries.FURTHER) {
            return new Outcome.Refused(new TurnRefusal.KeyInProgress());
        }
        return join(first);
    }

    /** What such a turn was given is not kept, and is in the request that asks again. */
    private Outcome repeatUnstored(ResponseId id, Command command) {
        // One that is not there came to nothing just now: its key is free.
        return switch (keptTurns.find(id).orElseGet(Kept.Running::new)) {
            case Kept.Running ignored -> new Outcome.Refused(new TurnRefusal.KeyInProgress());
            case Kept.Erased ignored -> new Outcome.Refused(new TurnRefusal.Gone());
            case Kept.Ended ended ->
                    join(
                            ended.turn()
                                    .withText(
                                            acceptTurn.instructions(command),
                                            command.metadata(),
                                            ended.said()));
        };
    }

    private Outcome join(Response original) {
        if (original.end() != null && original.end().refusal() != null) {
            return new Outcome.Refused(new TurnRefusal.NotAdmitted(original.end().refusal()));
        }
        TurnProgress progress = followResponse.follow(original);
        return new Outcome.Running(
                original,
                progress,
                progress instanceof RunningTurn here ? here.limits() : Map.of(),
                () -> {});
    }
}
