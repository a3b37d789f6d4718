package dev.parley.billing.business.quota;

import dev.parley.billing.business.ledger.EntryId;

/** Where a reservation stands. */
public sealed interface HoldState {
    /**
     * The call is under way.
     *
     * @param reachedProvider whether a provider was asked, so that something may have been used
     * @param inputTokens input tokens by the last report
     * @param outputTokens output tokens by the last report
     */
    record Open(boolean reachedProvider, long inputTokens, long outputTokens)
            implements HoldState {}

    /** Given back; nothing was used, as far as is known. */
    record Released() implements HoldState {}

    /** Charged by a usage record. */
    record Settled() implements HoldState {}

    /** Charged by its last progress, because its lease ended. */
    record Estimated(EntryId entry) implements HoldState {}
}
