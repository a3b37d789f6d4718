package dev.parley.conversation.api.response;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conversation.api.message.Ids;
import dev.parley.conversation.api.message.ItemView;
import dev.parley.conversation.api.message.JsonFields;
import dev.parley.conversation.api.message.Requests;
import dev.parley.conversation.app.response.AwaitEnd;
import dev.parley.conversation.app.response.CancelResponse;
import dev.parley.conversation.app.response.CreateResponse;
import dev.parley.conversation.app.response.DeleteResponse;
import dev.parley.conversation.app.response.FollowResponse;
import dev.parley.conversation.app.response.ListInputItems;
import dev.parley.conversation.app.response.ReadResponse;
import dev.parley.conversation.business.message.Item;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.Failure;
import dev.parley.conversation.business.response.TurnProgress;
import dev.parley.platform.security.Access;
import dev.parley.platform.security.Caller;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.security.Revocations;
import dev.parley.platform.web.Page;
import dev.parley.platform.web.PageQuery;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.RequestIds;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
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
    private final ListInputItems listInputItems;
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
            ListInputItems listInputItems,
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
        this.listInputItems = listInputItems;
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
    @Operation(
            summary = "Take a turn",
            description =
                    "With stream: true the answer is a stream of server-sent events. Accepted"
                            + " without effect: parallel_tool_calls, prompt_cache_key, user,"
                            + " service_tier (auto, default), stream_options, and empty tools and"
                            + " include.")
    @RequestBody(content = @Content(schema = @Schema(implementation = ResponseBody.class)))
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
                                RequestIds.currentTraceId(),
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
    @Operation(summary = "Read a turn, or follow its stream from where it was left")
    public Response get(
            @PathParam("id") String id,
            @QueryParam("stream") @Nullable String stream,
            @QueryParam("starting_after") @Nullable String startingAfter) {
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
    @Operation(summary = "Stop a turn; what it said is kept")
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
    @Operation(summary = "Delete a turn with what it added")
    public Map<String, Object> delete(@PathParam("id") String id) {
        if (!deleteResponse.handle(Ids.response(id), Ids.owner(caller.get()))) {
            throw Problem.notFound().asException();
        }
        return Map.of("id", id, "object", "response", "deleted", true);
    }

    @GET
    @Path("/{id}/input_items")
    @Access(scopes = {"chat", "conversations"})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "List the items that a turn was given")
    public Page<ItemView> inputItems(@PathParam("id") String id, @BeanParam PageQuery query) {
        PageQuery.Checked page = query.checked();
        List<Item> items =
                listInputItems
                        .handle(Ids.response(id), Ids.owner(caller.get()))
                        .orElseThrow(() -> Problem.notFound().asException());
        List<Item> ordered = new ArrayList<>(page.ascending() ? items : items.reversed());
        skipTo(ordered, page);
        return Page.of(
                ordered.stream().limit(page.limit() + 1L).map(ItemView::of).toList(),
                page.limit(),
                ItemView::id);
    }

    private static void skipTo(List<Item> items, PageQuery.Checked page) {
        if (page.after() != null) {
            int at = indexOf(items, page.after());
            items.subList(0, at < 0 ? items.size() : at + 1).clear();
        } else if (page.before() != null) {
            int at = indexOf(items, page.before());
            items.subList(Math.max(0, at), items.size()).clear();
        }
    }

    private static int indexOf(List<Item> items, String id) {
        for (int i = 0; i < items.size(); i++) {
            if (Ids.text(items.get(i).id()).equals(id)) {
                return i;
            }
        }
        return -1;
    }
}
