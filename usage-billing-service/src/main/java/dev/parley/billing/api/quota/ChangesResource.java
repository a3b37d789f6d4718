package dev.parley.billing.api.quota;

import dev.parley.billing.app.quota.ListChanges;
import dev.parley.billing.business.quota.Change;
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
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What changed here, for the other services' replicas. */
@Path("/internal/changes")
@Produces(MediaType.APPLICATION_JSON)
@Internal(Internal.Kind.SERVICE)
public class ChangesResource {
    private final ListChanges listChanges;

    /** One change. */
    public record ChangeView(long sequence, String kind, String id, Instant at) {
        static ChangeView of(Change change) {
            return new ChangeView(
                    change.sequence(),
                    change.kind().name().toLowerCase(Locale.ROOT),
                    change.id(),
                    change.at());
        }
    }

    /** A page; {@code next} is what to ask after. */
    public record ChangePage(List<ChangeView> changes, long next) {}

    @Inject
    ChangesResource(ListChanges listChanges) {
        this.listChanges = listChanges;
    }

    @GET
    @RunOnVirtualThread
    public ChangePage list(@QueryParam("after") @Nullable String after) {
        long from = position(after);
        List<ChangeView> changes = listChanges.handle(from).stream().map(ChangeView::of).toList();
        return new ChangePage(changes, changes.isEmpty() ? from : changes.getLast().sequence());
    }

    private static long position(@Nullable String after) {
        try {
            long from = after == null ? 0 : Long.parseLong(after);
            if (from >= 0) {
                return from;
            }
        } catch (NumberFormatException notANumber) {
            // refused below, like a negative one
        }
        throw Problem.invalid("after", "after must be a number from 0").asException();
    }
}
