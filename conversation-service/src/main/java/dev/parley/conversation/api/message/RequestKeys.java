package dev.parley.conversation.api.message;

import dev.parley.conversation.business.response.RequestHash;
import dev.parley.conversation.business.response.RequestKey;
import dev.parley.conversation.business.response.RequestKey.Tries;
import dev.parley.platform.web.RepeatedRequests;
import org.jspecify.annotations.Nullable;

/** What requests are known by that may be made again, read from their headers. */
public final class RequestKeys {
    private RequestKeys() {}

    /** The request's own, by its path, its body and the two headers. */
    public static RequestKey of(
            String path,
            byte[] body,
            @Nullable String idempotencyKey,
            @Nullable String retryCount) {
        return new RequestKey(
                new RequestHash(RepeatedRequests.hash(path, body)),
                RepeatedRequests.idempotencyKey(idempotencyKey),
                tries(retryCount));
    }

    private static Tries tries(@Nullable String retryCount) {
        if (retryCount == null) {
            return Tries.UNCOUNTED;
        }
        return RepeatedRequests.retried(retryCount) ? Tries.FURTHER : Tries.FIRST;
    }
}
