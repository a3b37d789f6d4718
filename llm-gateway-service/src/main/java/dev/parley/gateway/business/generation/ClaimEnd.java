package dev.parley.gateway.business.generation;

import dev.parley.gateway.business.admission.CallId;

/** How a call with usage ended that had claimed its request. */
public sealed interface ClaimEnd {
    CallId call();

    /** It has an answer for whoever asks again. */
    record Answered(CallId call, KeptAnswer.Whole answer) implements ClaimEnd {}

    /** It has none, and the request may be answered anew. */
    record Freed(CallId call) implements ClaimEnd {}
}
