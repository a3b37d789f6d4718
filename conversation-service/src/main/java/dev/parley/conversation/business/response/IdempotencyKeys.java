package dev.parley.conversation.business.response;

import dev.parley.conversation.business.message.Owner;
import java.time.Instant;
import java.util.UUID;

/** Which requests were made under which {@code Idempotency-Key}, or may be by an SDK again. */
public interface IdempotencyKeys {
    /** Records the key with what the request makes, unless it was used since {@code expiry}. */
    Claim claim(
            Owner owner,
            String key,
            RequestHash request,
            UUID resource,
            Instant now,
            Instant expiry);

    /** Lets the key of a request that came to nothing be used again. */
    void free(UUID resource);

    /** Forgets keys from before then. */
    void forget(Instant expiry);

    /** Whether the key was free. */
    sealed interface Claim {
        record First() implements Claim {}

        record Repeated(RequestHash request, UUID resource) implements Claim {}
    }
}
