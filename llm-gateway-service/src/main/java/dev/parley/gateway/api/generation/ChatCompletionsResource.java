package dev.parley.gateway.api.generation;

import dev.parley.gateway.app.generation.AnswerOnce;
import dev.parley.gateway.app.generation.CallRequester;
import dev.parley.gateway.app.generation.GenerateText;
import dev.parley.gateway.business.admission.CallFacts;
import dev.parley.gateway.business.admission.CallId;
import dev.parley.gateway.business.admission.Purpose;
import dev.parley.gateway.business.generation.Ending;
import dev.parley.gateway.business.generation.OutputScreening;
import dev.parley.gateway.business.generation.RequestKey;
import dev.parley.gateway.business.model.Prompt;
import dev.parley.platform.audit.Audited;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.id.TimeOrderedIds;
import dev.parley.platform.security.Access;
import dev.parley.platform.security.Caller;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.web.Refuses;
import dev.parley.platform.web.RepeatedRequests;
import dev.parley.platform.web.RequestContext;
import dev.parley.platform.web.RequestIds;
import dev.parley.platform.web.TellsLimits;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** OpenAI's chat completions. */
@Path("/v1/chat/completions")
@Tag(name = "Chat")
public class ChatCompletionsResource {
    private static final String PREFIX = "chatcmpl-";

    private final AnswerOnce answerOnce;
    private final CurrentCaller currentCaller;
    private final TimeOrderedIds ids;

    @Inject
    ChatCompletionsResource(
            AnswerOnce answerOnce, CurrentCaller currentCaller, TimeOrderedIds ids) {
        this.answerOnce = answerOnce;
        this.currentCaller = currentCaller;
        this.ids = ids;
    }

    @POST
    @Access(scopes = "chat")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
    @Audited(action = "generation.create", resource = "generation")
    @TellsLimits
    @Refuses({
        "400 empty_message message_too_long context_length_exceeded unsupported_prompt"
                + " unsupported_parameter",
        "402 budget_exhausted subscription_inactive",
        "403 instructions_not_allowed model_not_in_plan account_suspended",
        "404 model_not_found",
        "409 idempotency_in_progress",
        "422 content_blocked idempotency_key_reused",
        "429 rate_limited quota_exceeded",
        "502 upstream_error",
        "503 overloaded",
        "504 upstream_timeout"
    })
    @Operation(
            operationId = "createChatCompletion",
            summary = "Answer a list of messages",
            description = "With `stream: true` the answer is a stream of server-sent events.")
    @APIResponse(
            responseCode = "200",
            description = "The answer, whole or streamed",
            headers = {
                @Header(
                        name = Answers.PROVIDER,
                        description = "Who answered.",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = Answers.ATTEMPTS,
                        description = "How often providers were asked.",
                        schema = @Schema(type = SchemaType.INTEGER))
            },
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(ref = "ChatCompletion")),
                @Content(
                        mediaType = MediaType.SERVER_SENT_EVENTS,
                        schema = @Schema(ref = "ChatCompletionStreamEvent"))
            })
    public Uni<@Nullable Response> create(
            @Nullable ChatCompletionRequest request,
            @HeaderParam(RepeatedRequests.IDEMPOTENCY_KEY) @Nullable String idempotencyKey,
            @HeaderParam(RepeatedRequests.RETRY_COUNT) @Nullable String retryCount,
            @Context HttpServerRequest http) {
        if (request == null) {
            throw ChatParameters.invalid("body", "a body is required");
        }
        Caller caller = currentCaller.get();
        CallId call = new CallId(PublicId.format(PREFIX, ids.next()));
        GenerateText.Command command =
                command(
                        request,
                        caller,
                        call,
                        RepeatedAnswer.key(caller, call, idempotencyKey, retryCount));
        return RequestContext.stay(answerOnce.handle(command))
                .flatMap(
                        outcome ->
                                switch (outcome) {
                                    case AnswerOnce.Outcome.Anew anew ->
                                            answer(
                                                    anew.outcome(),
                                                    wire(call, anew.createdAt(), command, request),
                                                    request,
                                                    http);
                                    case AnswerOnce.Outcome.Again again ->
                                            of(
                                                    RepeatedAnswer.of(
                                                            again.answer(),
                                                            wire(
                                                                    again.call(),
                                                                    again.createdAt(),
                                                                    command,
                                                                    request),
                                                            request.streams()));
                                    case AnswerOnce.Outcome.InProgress ignored ->
                                            of(RepeatedRequests.inProgress().toResponse());
                                    case AnswerOnce.Outcome.KeyReused ignored ->
                                            of(RepeatedRequests.keyReused().toResponse());
                                });
    }

    private static Uni<@Nullable Response> answer(
            GenerateText.Outcome outcome,
            ChatWire wire,
            ChatCompletionRequest request,
            HttpServerRequest http) {
        return switch (outcome) {
            case GenerateText.Outcome.Refused refused ->
                    of(Refusals.problem(refused.why()).toResponse());
            case GenerateText.Outcome.Admitted admitted ->
                    request.streams()
                            ? StreamedAnswer.write(admitted.generation(), http, wire)
                            : WholeAnswer.of(admitted.generation(), wire);
        };
    }

    private static Uni<@Nullable Response> of(Response response) {
        return Uni.createFrom().item(response);
    }

    private static ChatWire wire(
            CallId call,
            Instant createdAt,
            GenerateText.Command command,
            ChatCompletionRequest request) {
        return new ChatWire(
                call.value(), createdAt, command.model().value(), request.includesUsage());
    }

    private GenerateText.Command command(
            ChatCompletionRequest request, Caller caller, CallId call, @Nullable RequestKey key) {
        ChatParameters parameters = new ChatParameters(request);
        parameters.refuseUnsupported();
        Prompt prompt = ChatMessages.prompt(request.messages());
        return new GenerateText.Command(
                new CallFacts(
                        call,
                        new CallRequester(caller, false),
                        Purpose.CHAT,
                        null,
                        null,
                        RequestIds.requestIdOrNew(),
                        RequestIds.traceparent()),
                parameters.model(),
                prompt,
                prompt.messages(),
                parameters.sampling(),
                parameters.mostOutput(),
                request.streams() ? OutputScreening.AS_IT_COMES : OutputScreening.WHOLE,
                Ending.CLIENT_GONE,
                key);
    }
}
