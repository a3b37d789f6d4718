package dev.parley.conversation.api.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conversation.api.message.Deleted;
import dev.parley.conversation.api.message.Ids;
import dev.parley.conversation.api.message.ItemReader;
import dev.parley.conversation.api.message.ItemsResource;
import dev.parley.conversation.api.message.JsonFields;
import dev.parley.conversation.api.message.Pages;
import dev.parley.conversation.api.message.Refusals;
import dev.parley.conversation.api.message.RequestKeys;
import dev.parley.conversation.app.conversation.CreateConversation;
import dev.parley.conversation.app.conversation.DeleteConversation;
import dev.parley.conversation.app.conversation.ListConversations;
import dev.parley.conversation.app.conversation.ReadConversation;
import dev.parley.conversation.app.conversation.UpdateConversation;
import dev.parley.conversation.business.conversation.Conversation;
import dev.parley.conversation.business.conversation.ConversationState;
import dev.parley.conversation.business.conversation.Metadata;
import dev.parley.conversation.business.message.Drafts;
import dev.parley.conversation.business.message.Owner;
import dev.parley.platform.audit.Audited;
import dev.parley.platform.security.Access;
import dev.parley.platform.security.Caller;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.web.Page;
import dev.parley.platform.web.PageQuery;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.Refuses;
import dev.parley.platform.web.RepeatedRequests;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /v1/conversations}: OpenAI's Conversations API, with titles, instructions and states. */
@Path("/v1/conversations")
@Tag(name = "conversations")
@Access(scopes = "conversations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ConversationsResource {
    private static final String PATH = "/v1/conversations";
    private static final int LONGEST_TITLE = 512;

    private final CreateConversation createConversation;
    private final ReadConversation readConversation;
    private final ListConversations listConversations;
    private final UpdateConversation updateConversation;
    private final DeleteConversation deleteConversation;
    private final CurrentCaller caller;
    private final ObjectMapper json;

    @Inject
    ConversationsResource(
            CreateConversation createConversation,
            ReadConversation readConversation,
            ListConversations listConversations,
            UpdateConversation updateConversation,
            DeleteConversation deleteConversation,
            CurrentCaller caller,
            ObjectMapper json) {
        this.createConversation = createConversation;
        this.readConversation = readConversation;
        this.listConversations = listConversations;
        this.updateConversation = updateConversation;
        this.deleteConversation = deleteConversation;
        this.caller = caller;
        this.json = json;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Audited(action = "conversation.create", resource = "conversation")
    @Refuses({
        "400 empty_message message_too_long unsupported_prompt unsupported_parameter",
        "403 instructions_not_allowed",
        "404 not_found",
        "422 idempotency_key_reused"
    })
    @Operation(operationId = "createConversation", summary = "Begin a conversation")
    @RequestBody(content = @Content(schema = @Schema(ref = "CreateConversation")))
    public ConversationView create(
            byte[] body,
            @HeaderParam(RepeatedRequests.IDEMPOTENCY_KEY) @Nullable String idempotencyKey,
            @HeaderParam(RepeatedRequests.RETRY_COUNT) @Nullable String retryCount) {
        JsonFields fields = JsonFields.ofBody(json, body, true);
        fields.refuseOthers(
                Set.of("items", "metadata", "title", "instructions"), Set.of("context"));
        JsonNode items = fields.node("items");
        Metadata metadata = ConversationFields.metadata(fields);
        Caller who = caller.get();
        CreateConversation.Outcome outcome =
                createConversation.handle(
                        new CreateConversation.Command(
                                Ids.owner(who),
                                who.hasScope("instructions"),
                                ConversationFields.text(fields, "title", LONGEST_TITLE),
                                ConversationFields.text(fields, "instructions", Integer.MAX_VALUE),
                                metadata == null ? Metadata.NONE : metadata,
                                new Drafts(
                                        items == null
                                                ? List.of()
                                                : ItemReader.ofArray(
                                                        items, "items", ItemsResource.MOST_ITEMS)),
                                RequestKeys.of(PATH, body, idempotencyKey, retryCount)));
        return switch (outcome) {
            case CreateConversation.Outcome.Created created ->
                    ConversationView.of(created.conversation());
            case CreateConversation.Outcome.Unacceptable unacceptable ->
                    throw Refusals.of(unacceptable.why()).asException();
            case CreateConversation.Outcome.KeyReused ignored ->
                    throw RepeatedRequests.keyReused().asException();
            case CreateConversation.Outcome.Gone ignored -> throw Problem.notFound().asException();
        };
    }

    @GET
    @Refuses("404 not_found")
    @Operation(
            operationId = "listConversations",
            summary = "List conversations, newest first unless told otherwise")
    public Page<ConversationView> list(@BeanParam PageQuery query) {
        Owner owner = Ids.owner(caller.get());
        return Pages.page(
                query.checked(),
                (after, ascending, limit) ->
                        listConversations
                                .handle(
                                        owner,
                                        after == null ? null : Ids.conversation(after),
                                        ascending,
                                        limit)
                                .stream()
                                .map(ConversationView::of)
                                .toList(),
                ConversationView::id);
    }

    @GET
    @Path("/{id}")
    @APIResponse(
            responseCode = "200",
            description = "The conversation",
            headers =
                    @Header(
                            name = "ETag",
                            description = "Its version.",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = ConversationView.class)))
    @Operation(
            operationId = "getConversation",
            summary = "Read a conversation; its version is the ETag")
    public Response get(@PathParam("id") String id) {
        return readConversation
                .handle(Ids.conversation(id), Ids.owner(caller.get()))
                .map(ConversationsResource::answer)
                .orElseThrow(() -> Problem.notFound().asException());
    }

    @POST
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Audited(action = "conversation.update", resource = "conversation", id = "id")
    @APIResponse(
            responseCode = "200",
            description = "The conversation",
            headers =
                    @Header(
                            name = "ETag",
                            description = "Its version.",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = ConversationView.class)))
    @Refuses({
        "400 message_too_long",
        "403 instructions_not_allowed",
        "409 version_conflict conversation_not_active"
    })
    @RequestBody(required = true, content = @Content(schema = @Schema(ref = "UpdateConversation")))
    @Operation(
            operationId = "updateConversation",
            summary = "Change title, metadata, instructions or state")
    public Response update(
            @PathParam("id") String id,
            byte[] body,
            @HeaderParam("If-Match") @Nullable String ifMatch) {
        return change(id, body, ifMatch);
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Audited(action = "conversation.update", resource = "conversation", id = "id")
    @APIResponse(
            responseCode = "200",
            description = "The conversation",
            headers =
                    @Header(
                            name = "ETag",
                            description = "Its version.",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = ConversationView.class)))
    @Refuses({
        "400 message_too_long",
        "403 instructions_not_allowed",
        "409 version_conflict conversation_not_active"
    })
    @RequestBody(required = true, content = @Content(schema = @Schema(ref = "UpdateConversation")))
    @Operation(
            operationId = "patchConversation",
            summary = "Change title, metadata, instructions or state")
    public Response patch(
            @PathParam("id") String id,
            byte[] body,
            @HeaderParam("If-Match") @Nullable String ifMatch) {
        return change(id, body, ifMatch);
    }

    private Response change(String id, byte[] body, @Nullable String ifMatch) {
        JsonFields fields = JsonFields.ofBody(json, body, false);
        fields.refuseOthers(Set.of("metadata", "title", "instructions", "state"));
        Caller who = caller.get();
        UpdateConversation.Outcome outcome =
                updateConversation.handle(
                        new UpdateConversation.Command(
                                Ids.conversation(id),
                                Ids.owner(who),
                                who.hasScope("instructions"),
                                ConversationFields.version(ifMatch),
                                ConversationFields.textChange(fields, "title", LONGEST_TITLE),
                                ConversationFields.textChange(
                                        fields, "instructions", Integer.MAX_VALUE),
                                ConversationFields.metadata(fields),
                                ConversationFields.state(fields)));
        return switch (outcome) {
            case UpdateConversation.Outcome.Updated updated -> answer(updated.conversation());
            case UpdateConversation.Outcome.Unknown ignored -> Problem.notFound().toResponse();
            case UpdateConversation.Outcome.VersionConflict conflict ->
                    Problem.of(
                                    409,
                                    "version_conflict",
                                    "The conversation has the version " + conflict.version() + ".")
                            .toResponse();
            case UpdateConversation.Outcome.IllegalMove move ->
                    Problem.of(
                                    409,
                                    "conversation_not_active",
                                    "A conversation that is %s cannot become %s."
                                            .formatted(name(move.from()), name(move.to())))
                            .withParam("state")
                            .toResponse();
            case UpdateConversation.Outcome.Unacceptable unacceptable ->
                    Refusals.of(unacceptable.why()).toResponse();
        };
    }

    @DELETE
    @Path("/{id}")
    @Audited(action = "conversation.delete", resource = "conversation", id = "id")
    @Operation(
            operationId = "deleteConversation",
            summary = "Delete a conversation: its text is erased")
    public Deleted delete(@PathParam("id") String id) {
        if (!deleteConversation.handle(Ids.conversation(id), Ids.owner(caller.get()))) {
            throw Problem.notFound().asException();
        }
        return new Deleted(id, "conversation.deleted", true);
    }

    private static Response answer(Conversation conversation) {
        return Response.ok(ConversationView.of(conversation), MediaType.APPLICATION_JSON_TYPE)
                .header("ETag", "\"" + conversation.version() + "\"")
                .build();
    }

    private static String name(ConversationState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
