package dev.parley.gateway.business.admission;

import dev.parley.gateway.business.model.ChatModel;
import dev.parley.gateway.business.model.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * What a call may come to.
 *
 * @param input an upper bound
 * @param askedOutput the caller's own bound, or null
 * @param defaultOutput the bound for a caller who names none
 */
public record ReservationRequest(
        CallFacts call,
        ChatModel model,
        Tokens input,
        @Nullable Tokens askedOutput,
        Tokens defaultOutput) {}
