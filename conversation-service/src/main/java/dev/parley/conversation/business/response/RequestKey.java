package dev.parley.conversation.business.response;

import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.response.IdempotencyKeys.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a request is known by when its caller makes it again.
 *
 * @param chosen the caller's own {@code Idempotency-Key}, or null
 * @param tries what the caller's SDK says of how often it has sent the request
 */
public record RequestKey(RequestHash request, @Nullable String chosen, Tries tries) {
    /** How long a caller's own key stands for its request. */
    public static final Duration KEPT = Duration.ofHours(24);

    /** How long an SDK may go on trying. */
    public static final Duration RETRIES_ARE_JOINED = Duration.ofMinutes(10);

    /** No caller's own key begins like this: they are printable. */
    private static final String TRIED = "\t";

    /** How often an SDK has sent a request. */
    public enum Tries {
        UNCOUNTED,
        FIRST,
        FURTHER
    }

    /**
     * Claims the request for what it makes, in the transaction in which that is made. A caller's
     * own key is claimed once; an SDK's first try is always meant anew, and what it makes is found
     * by its further ones.
     */
    public Claim claim(IdempotencyKeys keys, Owner owner, UUID resource, Instant now) {
        if (chosen != null) {
            return keys.claim(owner, chosen, request, resource, now, now.minus(KEPT));
        }
        return switch (tries) {
            case UNCOUNTED -> new Claim.First();
            case FIRST -> keys.claim(owner, tried(), request, resource, now, now.plus(KEPT));
            case FURTHER ->
                    keys.claim(
                            owner, tried(), request, resource, now, now.minus(RETRIES_ARE_JOINED));
        };
    }

    private String tried() {
        return TRIED + request.hex();
    }
}
