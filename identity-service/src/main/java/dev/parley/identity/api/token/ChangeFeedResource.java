package dev.parley.identity.api.token;

import dev.parley.identity.app.token.ReadChanges;
import dev.parley.identity.business.token.Revocations;
import dev.parley.platform.security.Internal;
import dev.parley.platform.web.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

@Path("/internal/changes")
@Internal(Internal.Kind.SERVICE)
class ChangeFeedResource {
    /** One change. */
    record Change(long sequence, String kind, String id, Instant at) {
        static Change of(Revocations.Recorded recorded) {
            RevocationWords words = RevocationWords.of(recorded.revocation());
            return new Change(recorded.sequence(), words.kind(), words.id(), recorded.at());
        }
    }

    /** A page of the feed. */
    record Changes(List<Change> changes, long next) {}

    private final ReadChanges readChanges;

    @Inject
    ChangeFeedResource(ReadChanges readChanges) {
        this.readChanges = readChanges;
    }

    @GET
    @Operation(hidden = true)
    @RunOnVirtualThread
    public Changes changes(@QueryParam("after") @Nullable String after) {
        Revocations.Page page = readChanges.handle(sequence(after));
        return new Changes(page.recorded().stream().map(Change::of).toList(), page.next());
    }

    private static Optional<Long> sequence(@Nullable String after) {
        if (after == null) {
            return Optional.empty();
        }
        try {
            long sequence = Long.parseLong(after);
            if (sequence >= 0) {
                return Optional.of(sequence);
            }
        } catch (NumberFormatException notANumber) {
            // refused below, like a negative one
        }
        throw Problem.invalid("after", "after must be a number from 0").asException();
    }
}
