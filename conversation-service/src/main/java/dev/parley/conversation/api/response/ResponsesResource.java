package dev.parley.conversation.api.response;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conversation.api.message.Deleted;
import dev.parley.conversation.api.message.Ids;
import dev.parley.conversation.api.message.JsonFields;
import dev.parley.conversation.api.message.Requests;
import dev.parley.conversation.app.response.AwaitEnd;
import dev.parley.conversation.app.response.CancelResponse;
import dev.parley.conversation.app.response.CreateResponse;
import dev.parley.conversation.app.response.DeleteResponse;
import dev.parley.conversation.app.response.FollowResponse;
import dev.parley.conversation.app.response.ReadResponse;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.Failure;
import dev.parley.conversation.business.response.TurnProgress;
import dev.parley.platform.audit.Audited;
import dev.parley.platform.security.Access;
import dev.parley.platform.security.Caller;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.security.Revocations;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.Refuses;
import dev.parley.platform.web.RequestIds;
import dev.parley.platform.web.TellsLimits;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /v1/responses}: OpenAI's Responses API. */
@Path("/v1/responses")
@Tag(name = "responses")
@RunOnVirtualThread
public class ResponsesResource {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);
    private static final String PATH = "/v1/responses";

    private final CreateResponse createResponse;
    private final ReadResponse readResponse;
    private final FollowResponse followResponse;
    private final CancelResponse cancelResponse;
    private final DeleteResponse deleteResponse;
    private final AwaitEnd awaitEnd;
    private final CurrentCaller caller;
    private final Revocations revocations;
    private final ResponseJson view;
    private final ObjectMapper json;

    @Inject
    ResponsesResource(
            CreateResponse createResponse,
            ReadResponse readResponse,
            FollowResponse followResponse,
            CancelResponse cancelResponse,
            DeleteResponse deleteResponse,
            AwaitEnd awaitEnd,
            CurrentCaller caller,
            Revocations revocations,
            ResponseJson view,
            ObjectMapper json) {
        this.createResponse = createResponse;
        this.readResponse = readResponse;
        this.followResponse = followResponse;
        this.cancelResponse = cancelResponse;
        this.deleteResponse = deleteResponse;
        this.awaitEnd = awaitEnd;
        this.caller = caller;
        this.revocations = revocations;
        this.view = view;
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
                + " unsupported_parameter upstream_refused",
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
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @HeaderParam("X-Stainless-Retry-Count") @Nullable String retryCount,
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
                                Requests.hash(PATH, body),
                                Requests.idempotencyKey(idempotencyKey),
                                Requests.retried(retryCount),
                                RequestIds.traceparent(),
                                () -> revocations.covers(who)));
        return switch (outcome) {
            case CreateResponse.Outcome.Refused refused ->
                    TurnProblems.of(refused.why()).toResponse();
            case CreateResponse.Outcome.Running running ->
                    withLimits(
                            request.streamed()
                                    ? stream(
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
        return Response.ok(view.write(ended).toString(), MediaType.APPLICATION_JSON_TYPE).build();
    }

    private Response stream(
            dev.parley.conversation.business.response.Response turn,
            TurnProgress progress,
            int startingAfter,
            Runnable gone) {
        return Response.ok(
                        new EventStream(turn, progress, startingAfter, caller.get(), gone),
                        MediaType.SERVER_SENT_EVENTS_TYPE)
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no")
                .build();
    }

    private static Response withLimits(Response answer, Map<String, String> limits) {
        limits.forEach((name, value) -> answer.getHeaders().putSingle(name, value));
        return answer;
    }

    @GET
    @Path("/{id}")
    @Access(scopes = {"chat", "conversations"})
    @Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
    @Operation(
            operationId = "getResponse",
            summary = "Read a turn, or follow its stream from where it was left")
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
    public Response get(
            @PathParam("id") String id,
            @QueryParam("stream") @Schema(type = SchemaType.BOOLEAN, defaultValue = "false")
                    @Nullable String stream,
            @QueryParam("starting_after") @Schema(type = SchemaType.INTEGER, minimum = "0")
                    @Nullable String startingAfter) {
        ResponseId response = Ids.response(id);
        Owner owner = Ids.owner(caller.get());
        if (!flag("stream", stream)) {
            return readResponse
                    .handle(response, owner)
                    .map(
                            turn ->
                                    Response.ok(
                                                    view.write(turn).toString(),
                                                    MediaType.APPLICATION_JSON_TYPE)
                                            .build())
                    .orElseThrow(() -> Problem.notFound().asException());
        }
        int after = sequence(startingAfter);
        return followResponse
                .handle(response, owner)
                .map(followed -> stream(followed.turn(), followed.progress(), after, () -> {}))
                .orElseThrow(() -> Problem.notFound().asException());
    }

    private static boolean flag(String name, @Nullable String value) {
        return switch (value == null ? "false" : value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Problem.invalid(name, name + " has to be true or false").asException();
        };
    }

    private static int sequence(@Nullable String startingAfter) {
        if (startingAfter == null) {
            return -1;
        }
        try {
            int number = Integer.parseInt(startingAfter);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // refused below
        }
        throw Problem.invalid("starting_after", "starting_after is the number of an event")
                .asException();
    }

    @POST
    @Path("/{id}/cancel")
    @Access(scopes = "chat")
    @Produces(MediaType.APPLICATION_JSON)
    @Audited(action = "response.cancel", resource = "response", id = "id")
    @APIResponse(
            responseCode = "200",
            description = "The turn as it ended",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(ref = "Response")))
    @Operation(operationId = "cancelResponse", summary = "Stop a turn; what it said is kept")
    public Response cancel(@PathParam("id") String id) {
        return cancelResponse
                .handle(Ids.response(id), Ids.owner(caller.get()))
                .map(
                        turn ->
                                Response.ok(
                                                view.write(turn).toString(),
                                                MediaType.APPLICATION_JSON_TYPE)
                                        .build())
                .orElseThrow(() -> Problem.notFound().asException());
    }

    @DELETE
    @Path("/{id}")
    @Access(scopes = {"chat", "conversations"})
    @Produces(MediaType.APPLICATION_JSON)
    @Audited(action = "response.delete", resource = "response", id = "id")
    @Operation(operationId = "deleteResponse", summary = "Delete a turn with what it added")
    public Deleted delete(@PathParam("id") String id) {
        if (!deleteResponse.handle(Ids.response(id), Ids.owner(caller.get()))) {
            throw Problem.notFound().asException();
        }
        return new Deleted(id, "response", true);
    }
}
