package dev.parley.gateway.business.generation;

import dev.parley.gateway.business.admission.CallId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/**
 * Which call answers which request, so that a request that is made again is not answered twice. A
 * claim is held by a lease until its call ends; how it ended is stored with the call's usage.
 */
public interface AnswerClaims {
    /** What became of a claim. */
    sealed interface Claim {
        /** The call is the one that answers. */
        record Granted() implements Claim {}

        /** Another call is about to. */
        record InProgress() implements Claim {}

        /** Its name is taken by another request. */
        record OtherRequest() implements Claim {}

        /**
         * Another call has answered.
         *
         * @param createdAt when that call was made
         */
        record Answered(CallId call, Instant createdAt, KeptAnswer answer) implements Claim {}
    }

    /**
     * Claims a request for a call.
     *
     * @param lease how long the claim holds without being renewed
     * @param patience how long another call that is about to answer is waited for
     */
    CompletionStage<Claim> claim(
            RequestKey request, CallId call, Instant createdAt, Duration lease, Duration patience);

    /** Goes on holding claims. */
    CompletionStage<Void> renew(Collection<CallId> calls, Duration lease);

    /** Gives a claim up, soon: its call has no answer, and leaves no usage. */
    void free(CallId call);

    /** Keeps a refusal, soon, of a call that leaves no usage. */
    void keep(CallId call, KeptAnswer.Refused refusal);

    /** Forgets what is too old to be given again, at most so much; answers how much it was. */
    int deleteExpired(int most);
}
