package dev.parley.gateway.api.model;

import dev.parley.gateway.app.model.ListCatalogueChanges;
import dev.parley.gateway.business.model.CatalogueChange;
import dev.parley.platform.security.Internal;
import dev.parley.platform.web.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The change feed of the catalogue. */
@Path("/internal/changes")
@Produces(MediaType.APPLICATION_JSON)
@Internal(Internal.Kind.SERVICE)
public class ChangesResource {
    private final ListCatalogueChanges listChanges;

    @Inject
    ChangesResource(ListCatalogueChanges listChanges) {
        this.listChanges = listChanges;
    }

    /** One change. */
    public record ChangeView(long sequence, String kind, String id, Instant at) {
        static ChangeView of(CatalogueChange change) {
            return new ChangeView(change.sequence(), change.kind(), change.id(), change.at());
        }
    }

    /** A page; {@code next} is what to ask after. */
    public record ChangePage(List<ChangeView> changes, long next) {}

    @GET
    @RunOnVirtualThread
    @Operation(hidden = true)
    public ChangePage list(@QueryParam("after") @Nullable String after) {
        ListCatalogueChanges.Page page = listChanges.handle(position(after));
        return new ChangePage(page.changes().stream().map(ChangeView::of).toList(), page.next());
    }

    private static @Nullable Long position(@Nullable String after) {
        if (after == null) {
            return null;
        }
        try {
            long from = Long.parseLong(after);
            if (from >= 0) {
                return from;
            }
        } catch (NumberFormatException notANumber) {
            // refused below, like a negative one
        }
        throw Problem.invalid("after", "after must be a number from 0").asException();
    }
}
