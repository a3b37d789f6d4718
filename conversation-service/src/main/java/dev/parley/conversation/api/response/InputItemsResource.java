package dev.parley.conversation.api.response;

import dev.parley.conversation.api.message.Ids;
import dev.parley.conversation.api.message.ItemView;
import dev.parley.conversation.api.message.Pages;
import dev.parley.conversation.app.response.ListInputItems;
import dev.parley.conversation.business.message.Item;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.platform.security.Access;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.web.Page;
import dev.parley.platform.web.PageQuery;
import dev.parley.platform.web.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /v1/responses/{id}/input_items}: what a turn was given. */
@Path("/v1/responses/{id}/input_items")
@Tag(name = "responses")
@RunOnVirtualThread
public class InputItemsResource {
    private final ListInputItems listInputItems;
    private final CurrentCaller caller;

    @Inject
    InputItemsResource(ListInputItems listInputItems, CurrentCaller caller) {
        this.listInputItems = listInputItems;
        this.caller = caller;
    }

    @GET
    @Access(scopes = {"chat", "conversations"})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "listInputItems", summary = "List the items that a turn was given")
    public Page<ItemView> inputItems(@PathParam("id") String id, @BeanParam PageQuery query) {
        PageQuery.Checked page = query.checked();
        List<Item> items =
                listInputItems
                        .handle(Ids.response(id), Ids.owner(caller.get()))
                        .orElseThrow(() -> Problem.notFound().asException());
        return Pages.page(
                page,
                (after, ascending, limit) ->
                        behind(
                                        after == null ? null : Ids.item(after),
                                        ascending ? items : items.reversed())
                                .stream()
                                .limit(limit)
                                .map(ItemView::of)
                                .toList(),
                ItemView::id);
    }

    /** Those behind one of them; none behind one that is not there. */
    private static List<Item> behind(@Nullable ItemId after, List<Item> items) {
        if (after == null) {
            return items;
        }
        List<ItemId> ids = items.stream().map(Item::id).toList();
        int at = ids.indexOf(after);
        return at < 0 ? List.of() : items.subList(at + 1, items.size());
    }
}
