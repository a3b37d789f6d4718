package dev.parley.conversation.api.response;

import dev.parley.conversation.api.message.Deleted;
import dev.parley.conversation.api.message.Ids;
import dev.parley.conversation.app.response.CancelResponse;
import dev.parley.conversation.app.response.DeleteResponse;
import dev.parley.conversation.app.response.FollowResponse;
import dev.parley.conversation.app.response.ReadResponse;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.platform.audit.Audited;
import dev.parley.platform.security.Access;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.web.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /v1/responses/{id}}: turns that were taken, as OpenAI's Responses API shows them. */
@Path("/v1/responses/{id}")
@Tag(name = "responses")
@RunOnVirtualThread
public class ResponsesResource {
    private final ReadResponse readResponse;
    private final FollowResponse followResponse;
    private final CancelResponse cancelResponse;
    private final DeleteResponse deleteResponse;
    private final CurrentCaller caller;
    private final TurnAnswers answers;

    @Inject
    ResponsesResource(
            ReadResponse readResponse,
            FollowResponse followResponse,
            CancelResponse cancelResponse,
            DeleteResponse deleteResponse,
            CurrentCaller caller,
            TurnAnswers answers) {
        this.readResponse = readResponse;
        this.followResponse = followResponse;
        this.cancelResponse = cancelResponse;
        this.deleteResponse = deleteResponse;
        this.caller = caller;
        this.answers = answers;
    }

    @GET
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
                    .map(answers::whole)
                    .orElseThrow(() -> Problem.notFound().asException());
        }
        int after = sequence(startingAfter);
        return followResponse
                .handle(response, owner)
                .map(
                        followed ->
                                answers.stream(
                                        followed.turn(), followed.progress(), after, () -> {}))
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
    @Path("/cancel")
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
                .map(answers::whole)
                .orElseThrow(() -> Problem.notFound().asException());
    }

    @DELETE
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
