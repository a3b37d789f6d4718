package dev.parley.conversation.api.response;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conversation.api.message.Ids;
import dev.parley.conversation.api.message.JsonFields;
import dev.parley.conversation.api.message.RequestKeys;
import dev.parley.conversation.app.response.AwaitEnd;
import dev.parley.conversation.app.response.CreateResponse;
import dev.parley.conversation.business.response.Failure;
import dev.parley.conversation.business.response.TurnProgress;
import dev.parley.platform.audit.Audited;
import dev.parley.platform.security.Access;
import dev.parley.platform.security.Caller;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.security.Revocations;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.Refuses;
import dev.parley.platform.web.RepeatedRequests;
import dev.parley.platform.web.RequestIds;
import dev.parley.platform.web.TellsLimits;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/responses}: takes a turn, as OpenAI's Responses API does. */
@Path(CreateResponseResource.PATH)
@Tag(name = "responses")
@RunOnVirtualThread
public class CreateResponseResource {
    static final String PATH = "/v1/responses";
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

    private final CreateResponse createResponse;
    private final AwaitEnd awaitEnd;
    private final CurrentCaller caller;
    private final Revocations revocations;
    private final TurnAnswers answers;
    private final ObjectMapper json;

    @Inject
    CreateResponseResource(
            CreateResponse createResponse,
            AwaitEnd awaitEnd,
            CurrentCaller caller,
            Revocations revocations,
            TurnAnswers answers,
            ObjectMapper json) {
        this.createResponse = createResponse;
        this.awaitEnd = awaitEnd;
        this.caller = caller;
        this.revocations = revocations;
        this.answers = answers;
        this.json = json;
    }

    @POST
    @Access(scopes = "chat")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
    @Audited(
            action = "response.create",
            resource = "response",
            recordedElsewhere = TurnProblems.RECORDED_WITH_THE_TURN)
    @TellsLimits
    @Refuses({
        "400 empty_message message_too_long context_length_exceeded unsupported_prompt"
                + " unsupported_parameter",
        "402 budget_exhausted subscription_inactive",
        "403 instructions_not_allowed model_not_in_plan account_suspended",
        "404 not_found model_not_found",
        "409 conversation_not_active idempotency_in_progress",
        "422 content_blocked idempotency_key_reused",
        "429 rate_limited quota_exceeded",
        "502 upstream_error",
        "503 overloaded",
        "504 upstream_timeout"
    })
    @Operation(
            operationId = "createResponse",
            summary = "Take a turn",
            description = "With `stream: true` the answer is a stream of server-sent events.")
    @RequestBody(required = true, content = @Content(schema = @Schema(ref = "CreateResponse")))
    @APIResponse(
            responseCode = "200",
            description = "The turn, whole or streamed",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(ref = "Response")),
                @Content(
                        mediaType = MediaType.SERVER_SENT_EVENTS,
                        schema = @Schema(ref = "ResponseStreamEvent"))
            })
    public Response create(
            byte[] body,
            @HeaderParam(RepeatedRequests.IDEMPOTENCY_KEY) @Nullable String idempotencyKey,
            @HeaderParam(RepeatedRequests.RETRY_COUNT) @Nullable String retryCount,
            @Context HttpServerResponse connection) {
        Caller who = caller.get();
        ResponseRequest request = ResponseRequest.of(JsonFields.ofBody(json, body, false));
        CreateResponse.Outcome outcome =
                createResponse.handle(
                        new CreateResponse.Command(
                                Ids.owner(who),
                                who.hasScope("instructions"),
                                request.settings(),
                                request.input(),
                                request.conversation(),
                                request.previous(),
                                request.instructions(),
                                request.metadata(),
                                request.stored(),
                                request.streamed(),
                                RequestKeys.of(PATH, body, idempotencyKey, retryCount),
                                RequestIds.traceparent(),
                                () -> revocations.covers(who)));
        return switch (outcome) {
            case CreateResponse.Outcome.Refused refused ->
                    TurnProblems.of(refused.why()).toResponse();
            case CreateResponse.Outcome.Running running ->
                    withLimits(
                            request.streamed()
                                    ? answers.stream(
                                            running.turn(),
                                            running.progress(),
                                            -1,
                                            request.stored() ? () -> {} : running.cancel())
                                    : whole(
                                            running.progress(),
                                            connection,
                                            request.stored() ? () -> {} : running.cancel()),
                            running.limits());
        };
    }

    private Response whole(TurnProgress progress, HttpServerResponse connection, Runnable gone) {
        connection.closeHandler(closed -> gone.run());
        if (connection.closed()) {
            // Whoever asked left before the turn was admitted, when nobody listened for that.
            gone.run();
        }
        dev.parley.conversation.business.response.Response ended =
                awaitEnd.handle(progress, LONGEST_WAIT)
                        .orElseThrow(
                                () ->
                                        Problem.of(504, "upstream_timeout", "No answer in time.")
                                                .asException());
        Failure failure = ended.end() == null ? null : ended.end().failure();
        if (failure != null && ended.end() != null) {
            return TurnProblems.of(failure, ended.end()).toResponse();
        }
        return answers.whole(ended);
    }

    private static Response withLimits(Response answer, Map<String, String> limits) {
        limits.forEach((name, value) -> answer.getHeaders().putSingle(name, value));
        return answer;
    }
}
