package dev.parley.conversation.api.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conversation.api.conversation.ConversationView;
import dev.parley.conversation.app.message.AddItems;
import dev.parley.conversation.app.message.DeleteItem;
import dev.parley.conversation.app.message.ListItems;
import dev.parley.conversation.app.message.ReadItem;
import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.Draft;
import dev.parley.conversation.business.message.Drafts;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.ResponseId;
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
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /v1/conversations/{id}/items}: OpenAI's conversation items. */
@Path(ItemsResource.PATH)
@Tag(name = "conversations")
@Access(scopes = "conversations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ItemsResource {
    static final String PATH = "/v1/conversations/{conversation}/items";

    /** How many items one request may add. */
    public static final int MOST_ITEMS = 20;

    private final ListItems listItems;
    private final ReadItem readItem;
    private final AddItems addItems;
    private final DeleteItem deleteItem;
    private final CurrentCaller caller;
    private final ObjectMapper json;

    @Inject
    ItemsResource(
            ListItems listItems,
            ReadItem readItem,
            AddItems addItems,
            DeleteItem deleteItem,
            CurrentCaller caller,
            ObjectMapper json) {
        this.listItems = listItems;
        this.readItem = readItem;
        this.addItems = addItems;
        this.deleteItem = deleteItem;
        this.caller = caller;
        this.json = json;
    }

    @GET
    @Operation(
            operationId = "listItems",
            summary = "List the items of the active branch, or of a response's branch")
    public Page<ItemView> list(
            @PathParam("conversation") String conversation,
            @QueryParam("branch") @Nullable String branch,
            @BeanParam PageQuery query) {
        ConversationId id = Ids.conversation(conversation);
        Owner owner = Ids.owner(caller.get());
        ResponseId leaf = branch == null ? null : Ids.response(branch);
        return Pages.page(
                query.checked(),
                (after, ascending, limit) ->
                        listItems
                                .handle(
                                        new ListItems.Query(
                                                id,
                                                owner,
                                                leaf,
                                                after == null ? null : Ids.item(after),
                                                ascending,
                                                limit))
                                .orElseThrow(() -> Problem.notFound().asException())
                                .stream()
                                .map(ItemView::of)
                                .toList(),
                ItemView::id);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Audited(action = "item.create", resource = "conversation", id = "conversation")
    @Refuses({
        "400 empty_message message_too_long unsupported_prompt unsupported_parameter",
        "403 instructions_not_allowed",
        "409 conversation_not_active",
        "422 idempotency_key_reused"
    })
    @RequestBody(required = true, content = @Content(schema = @Schema(ref = "AddItems")))
    @Operation(
            operationId = "createItems",
            summary = "Add items below the head of an active conversation")
    public Page<ItemView> add(
            @PathParam("conversation") String conversation,
            byte[] body,
            @HeaderParam(RepeatedRequests.IDEMPOTENCY_KEY) @Nullable String idempotencyKey,
            @HeaderParam(RepeatedRequests.RETRY_COUNT) @Nullable String retryCount) {
        JsonFields fields = JsonFields.ofBody(json, body, false);
        fields.refuseOthers(Set.of("items"));
        JsonNode items = fields.node("items");
        if (items == null || items.isEmpty()) {
            throw fields.wrong("items", "an array of items");
        }
        List<Draft> drafts = ItemReader.ofArray(items, "items", MOST_ITEMS);
        Caller who = caller.get();
        AddItems.Outcome outcome =
                addItems.handle(
                        new AddItems.Command(
                                Ids.conversation(conversation),
                                Ids.owner(who),
                                who.hasScope("instructions"),
                                new Drafts(drafts),
                                RequestKeys.of(
                                        PATH.replace("{conversation}", conversation),
                                        body,
                                        idempotencyKey,
                                        retryCount)));
        return switch (outcome) {
            case AddItems.Outcome.Added added ->
                    Page.of(
                            added.items().stream().map(ItemView::of).toList(),
                            MOST_ITEMS,
                            ItemView::id);
            case AddItems.Outcome.Unknown ignored -> throw Problem.notFound().asException();
            case AddItems.Outcome.NotActive notActive ->
                    throw Refusals.notActive(notActive.state()).asException();
            case AddItems.Outcome.Unacceptable unacceptable ->
                    throw Refusals.of(unacceptable.why()).asException();
            case AddItems.Outcome.KeyReused ignored ->
                    throw RepeatedRequests.keyReused().asException();
        };
    }

    @GET
    @Path("/{item}")
    @Operation(operationId = "getItem", summary = "Read an item")
    public ItemView get(
            @PathParam("conversation") String conversation, @PathParam("item") String item) {
        return readItem.handle(
                        Ids.conversation(conversation), Ids.item(item), Ids.owner(caller.get()))
                .map(ItemView::of)
                .orElseThrow(() -> Problem.notFound().asException());
    }

    @DELETE
    @Path("/{item}")
    @Audited(action = "item.delete", resource = "item", id = "item")
    @Operation(operationId = "deleteItem", summary = "Erase an item; its place in the tree stays")
    public ConversationView delete(
            @PathParam("conversation") String conversation, @PathParam("item") String item) {
        return deleteItem
                .handle(Ids.conversation(conversation), Ids.item(item), Ids.owner(caller.get()))
                .map(ConversationView::of)
                .orElseThrow(() -> Problem.notFound().asException());
    }
}
