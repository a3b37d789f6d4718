package dev.parley.conversation.api.response;

import dev.parley.conversation.api.message.Ids;
import dev.parley.conversation.api.message.ItemView;
import dev.parley.conversation.app.response.ListInputItems;
import dev.parley.conversation.business.message.Item;
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
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

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
