package dev.parley.gateway.business.admission;

import java.util.concurrent.CompletionStage;

/** moderation's check of what a model writes, before anyone sees it. */
public interface OutputChecks {
    /**
     * Checks text that is not yet shown. A stage that fails means that moderation could not be
     * asked.
     *
     * @param shown the end of what was shown before
     * @param pending what waits
     * @param last whether nothing follows
     */
    CompletionStage<OutputVerdict> check(
            Requester requester, String shown, String pending, boolean last);

    /** Puts on record that a policy let text be shown that could not be checked. */
    void shownUnchecked(CallFacts call);
}
