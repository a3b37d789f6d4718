package dev.parley.gateway.app.generation;

import dev.parley.gateway.app.admission.AdmitCall;
import dev.parley.gateway.business.admission.Admission;
import dev.parley.gateway.business.admission.CallFacts;
import dev.parley.gateway.business.admission.OutputChecks;
import dev.parley.gateway.business.admission.PromptRules;
import dev.parley.gateway.business.admission.Refusal;
import dev.parley.gateway.business.admission.ReservationRequest;
import dev.parley.gateway.business.admission.Reservations;
import dev.parley.gateway.business.admission.RevokedRequesters;
import dev.parley.gateway.business.generation.AnswerClaims;
import dev.parley.gateway.business.generation.Ending;
import dev.parley.gateway.business.generation.GenerationPolicy;
import dev.parley.gateway.business.generation.OutputScreening;
import dev.parley.gateway.business.generation.RequestKey;
import dev.parley.gateway.business.generation.Sampling;
import dev.parley.gateway.business.generation.TemplateMarkers;
import dev.parley.gateway.business.generation.UsageRecords;
import dev.parley.gateway.business.model.ChatModel;
import dev.parley.gateway.business.model.ChatModels;
import dev.parley.gateway.business.model.Message;
import dev.parley.gateway.business.model.ModelId;
import dev.parley.gateway.business.model.Prompt;
import dev.parley.gateway.business.model.Role;
import dev.parley.gateway.business.model.Tokens;
import dev.parley.gateway.business.provider.ModelProvider;
import dev.parley.gateway.business.provider.ProviderRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one governed path: whichever door a call comes through, it is checked, admitted, run,
 * screened and put on record here.
 */
@ApplicationScoped
public class GenerateText {
    private final ChatModels models;
    private final AdmitCall admitCall;
    private final Neighbours neighbours;
    private final KeepPayloads keepPayloads;
    private final GenerationPolicy policy;
    private final Clock clock;

    @Inject
    GenerateText(
            ChatModels models,
            AdmitCall admitCall,
            ModelProvider provider,
            OutputChecks checks,
            UsageRecords records,
            Reservations reservations,
            OpenGenerations open,
            RevokedRequesters revoked,
            AnswerClaims claims,
            KeepPayloads keepPayloads,
            GenerationPolicy policy,
            Clock clock) {
        this.models = models;
        this.admitCall = admitCall;
        this.neighbours =
                new Neighbours(provider, checks, records, reservations, open, revoked, claims);
        this.keepPayloads = keepPayloads;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * A call.
     *
     * @param prompt as it was sent; a model is sent it without the meaning of template markers
     * @param unscreened the messages of the prompt that moderation has not let pass before
     * @param mostOutput the caller's own bound, or null
     * @param whenAbandoned what its record says when the caller goes away
     * @param request what it is made for and has claimed, or null when nobody will ask again
     */
    public record Command(
            CallFacts call,
            ModelId model,
            Prompt prompt,
            List<Message> unscreened,
            Sampling sampling,
            @Nullable Tokens mostOutput,
            OutputScreening screening,
            Ending whenAbandoned,
            @Nullable RequestKey request) {

        /** Instructions are their author's own. */
        List<Message> toScreen() {
            return unscreened.stream().filter(message -> message.role() != Role.SYSTEM).toList();
        }
    }

    /** What became of a call. */
    public sealed interface Outcome {
        /** It is admitted; subscribing to its events begins it. */
        record Admitted(RunningGeneration generation) implements Outcome {}

        record Refused(Refusal why) implements Outcome {}
    }

    /** Admits a call; cancelling before the outcome leaves nothing reserved. */
    public Uni<Outcome> handle(Command command) {
        Optional<CallRecorder> recorder = keepPayloads.begin(command);
        return recorder.isEmpty()
                ? decide(command)
                : decide(command).map(outcome -> recorded(outcome, recorder.get()));
    }

    private static Outcome recorded(Outcome outcome, CallRecorder recorder) {
        switch (outcome) {
            case Outcome.Admitted admitted -> admitted.generation().recordedBy(recorder);
            case Outcome.Refused refused -> recorder.refused(refused.why().code());
        }
        return outcome;
    }

    private Uni<Outcome> decide(Command command) {
        Optional<ChatModel> found = models.find(command.model());
        if (found.isEmpty()) {
            return refused(new Refusal.ModelNotFound());
        }
        Optional<Refusal> fault =
                PromptRules.refusalOf(command.prompt(), command.call().requester());
        if (fault.isPresent()) {
            return refused(fault.get());
        }
        ChatModel model = found.get();
        Prompt prompt = TemplateMarkers.neutralise(command.prompt());
        Tokens inputAtLeast = prompt.tokensAtLeast(model.tokenizer());
        Tokens room = model.contextWindow().lessAtMost(inputAtLeast);
        if (room.count() == 0) {
            return refused(
                    new Refusal.ContextLengthExceeded(
                            inputAtLeast.count(), model.contextWindow().count()));
        }
        Optional<Refusal> now = refusalOfAll();
        return now.isPresent()
                ? refused(now.get())
                : admit(command, model, prompt, inputAtLeast, room);
    }

    /** Why no call at all can be begun at present, if so. */
    Optional<Refusal> refusalOfAll() {
        if (!neighbours.records().accepting()) {
            return Optional.of(new Refusal.DependencyUnavailable());
        }
        return neighbours.open().isStopped() || neighbours.open().count() >= policy.mostOpen()
                ? Optional.of(new Refusal.Overloaded())
                : Optional.empty();
    }

    private Uni<Outcome> admit(
            Command command, ChatModel model, Prompt prompt, Tokens inputAtLeast, Tokens room) {
        Tokens asked = command.mostOutput();
        ReservationRequest request =
                new ReservationRequest(
                        command.call(),
                        model,
                        prompt.tokensAtMost(model.tokenizer()).min(model.contextWindow()),
                        asked == null ? null : asked.min(room),
                        model.defaultOutput().min(room));
        return Uni.createFrom()
                .completionStage(() -> admitCall.handle(request, command.toScreen()))
                .map(
                        admission ->
                                switch (admission) {
                                    case Admission.Refused refused ->
                                            new Outcome.Refused(refused.why());
                                    case Admission.Admitted admitted ->
                                            new Outcome.Admitted(
                                                    running(
                                                            command,
                                                            model,
                                                            prompt,
                                                            inputAtLeast,
                                                            admitted));
                                });
    }

    private RunningGeneration running(
            Command command,
            ChatModel model,
            Prompt prompt,
            Tokens inputAtLeast,
            Admission.Admitted admitted) {
        ProviderRequest request =
                new ProviderRequest(
                        command.call(),
                        model,
                        prompt,
                        command.sampling(),
                        admitted.reservation().grantedOutput());
        return new RunningGeneration(
                command, request, inputAtLeast, admitted, neighbours, policy, clock);
    }

    private static Uni<Outcome> refused(Refusal why) {
        return Uni.createFrom().item(new Outcome.Refused(why));
    }
}
