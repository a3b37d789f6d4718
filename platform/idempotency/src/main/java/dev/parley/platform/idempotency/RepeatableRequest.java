package dev.parley.platform.idempotency;

import dev.parley.platform.security.Caller;
import dev.parley.platform.web.RepeatedRequests;
import jakarta.ws.rs.HeaderParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What tells that a request may be made again (a {@code @BeanParam}). */
public class RepeatableRequest {
    @HeaderParam(RepeatedRequests.IDEMPOTENCY_KEY)
    @Parameter(
            description =
                    "A name for the request, of the caller's own. Made again under it within 24"
                            + " hours, it gets the first success again and does nothing.",
            schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = 255))
    @Nullable String idempotencyKey;

    @HeaderParam(RepeatedRequests.RETRY_COUNT)
    @Parameter(
            description =
                    "How often an official SDK has sent the request before. Above 0, the same"
                            + " request of the last 10 minutes is joined.")
    @Nullable String retryCount;

    /**
     * What this request of the caller is known by; empty when nothing tells it from another.
     *
     * @throws dev.parley.platform.web.ProblemException 400 when the key is malformed
     */
    Optional<RequestName> of(Caller caller) {
        String key = RepeatedRequests.idempotencyKey(idempotencyKey);
        String hash = RepeatedRequests.currentHash();
        if (hash == null || (key == null && retryCount == null)) {
            return Optional.empty();
        }
        if (key != null) {
            return Optional.of(RequestName.chosen(caller, key, hash));
        }
        return Optional.of(
                RepeatedRequests.retried(retryCount)
                        ? RequestName.ofFurtherTry(caller, hash)
                        : RequestName.ofFirstTry(caller, hash));
    }
}
