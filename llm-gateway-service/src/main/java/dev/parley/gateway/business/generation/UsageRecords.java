package dev.parley.gateway.business.generation;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Where usage records are committed, each in a transaction that the request has no part in. */
public interface UsageRecords {
    /**
     * Takes a record, which is never lost from here on while this process lives.
     *
     * @param claim how the call ended that had claimed its request, in the same transaction; null
     *     for one that had not
     * @return done when the record is committed, or when that has failed once and goes on being
     *     tried
     */
    CompletionStage<Void> commit(UsageRecord usage, @Nullable ClaimEnd claim);

    /** Whether records are being committed at present; if not, no call should be begun. */
    boolean accepting();
}
