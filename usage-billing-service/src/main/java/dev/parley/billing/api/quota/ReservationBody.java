package dev.parley.billing.api.quota;

import dev.parley.billing.business.metering.ApiKeyId;
import dev.parley.billing.business.metering.CallId;
import dev.parley.billing.business.metering.Consumer;
import dev.parley.billing.business.metering.ConversationId;
import dev.parley.billing.business.metering.ModelName;
import dev.parley.billing.business.metering.ResponseId;
import dev.parley.billing.business.metering.SubjectId;
import dev.parley.billing.business.quota.ReservationRequest;
import dev.parley.billing.business.quota.Tier;
import dev.parley.platform.security.Caller;
import dev.parley.platform.web.Problem;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway asks for; who asks is in its token.
 *
 * @param call the gateway's id of the call
 * @param tier {@code standard} or {@code premium}
 * @param inputTokens an upper bound
 * @param outputTokens what the caller asked for, or null
 * @param purpose {@code chat}, {@code turn}, {@code summary} or {@code title}
 * @param conversation the conversation that the call belongs to, or null
 * @param response the response that the call makes, or null
 */
public record ReservationBody(
        @Nullable String call,
        @Nullable String model,
        @Nullable String tier,
        @Nullable Long inputTokens,
        @Nullable Long outputTokens,
        @Nullable Long defaultOutputTokens,
        @Nullable String purpose,
        @Nullable String conversation,
        @Nullable String response) {
    private static final long MOST_TOKENS = 100_000_000;
    private static final Set<String> PURPOSES = Set.of("chat", "turn", "summary", "title");

    ReservationRequest toRequest(Caller caller) {
        return new ReservationRequest(
                new CallId(Bodies.name("call", call)),
                new Consumer(
                        CallerOrganization.of(caller),
                        new SubjectId(caller.subject()),
                        caller.apiKey() == null ? null : new ApiKeyId(caller.apiKey()),
                        conversation == null
                                ? null
                                : new ConversationId(Bodies.name("conversation", conversation))),
                response == null ? null : new ResponseId(Bodies.name("response", response)),
                caller.hasRole("guest"),
                new ModelName(Bodies.name("model", model)),
                Tier.parse(Bodies.required("tier", tier))
                        .orElseThrow(
                                () ->
                                        Problem.invalid("tier", "tier must be standard or premium")
                                                .asException()),
                checkedPurpose(),
                Bodies.within("input_tokens", inputTokens, 0, MOST_TOKENS),
                outputTokens == null
                        ? null
                        : Long.valueOf(
                                Bodies.within("output_tokens", outputTokens, 1, MOST_TOKENS)),
                Bodies.within("default_output_tokens", defaultOutputTokens, 1, MOST_TOKENS));
    }

    private String checkedPurpose() {
        String present = Bodies.required("purpose", purpose);
        if (!PURPOSES.contains(present)) {
            throw Problem.invalid("purpose", "purpose must be chat, turn, summary or title")
                    .asException();
        }
        return present;
    }
}
