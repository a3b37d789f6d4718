package dev.parley.moderation.api.policy;

import dev.parley.moderation.app.policy.ListPolicyChanges;
import dev.parley.moderation.business.policy.PolicyChange;
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
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The change feed of policies. */
@Path("/internal/changes")
@Produces(MediaType.APPLICATION_JSON)
@Internal(Internal.Kind.SERVICE)
public class ChangesResource {
    private final ListPolicyChanges listPolicyChanges;

    @Inject
    ChangesResource(ListPolicyChanges listPolicyChanges) {
        this.listPolicyChanges = listPolicyChanges;
    }

    /** One change. */
    public record Change(long sequence, String kind, String id, Instant at) {
        static Change of(PolicyChange change) {
            return new Change(
                    change.sequence(),
                    "policy_changed",
                    change.organization().value(),
                    change.at());
        }
    }

    /** A page of changes. */
    public record Changes(List<Change> changes, long next) {}

    @GET
    @RunOnVirtualThread
    public Changes changes(@QueryParam("after") @Nullable String after) {
        ListPolicyChanges.Changes page = listPolicyChanges.handle(numberOf(after));
        return new Changes(page.changes().stream().map(Change::of).toList(), page.next());
    }

    private static OptionalLong numberOf(@Nullable String after) {
        if (after == null) {
            return OptionalLong.empty();
        }
        try {
            long number = Long.parseLong(after);
            if (number >= 0) {
                return OptionalLong.of(number);
            }
        } catch (NumberFormatException notANumber) {
            // refused below, like a negative number
        }
        throw Problem.invalid("after", "after must be a number of a change").asException();
    }
}
