package dev.parley.gateway.business.admission;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a call is not made. */
public sealed interface Refusal {
    record ModelNotFound() implements Refusal {}

    record EmptyMessage(String param) implements Refusal {}

    record MessageTooLong(String param) implements Refusal {}

    record InstructionsNotAllowed(String param) implements Refusal {}

    record ContextLengthExceeded(long tokens, long window) implements Refusal {}

    /** The input was checked and is not allowed. */
    record ContentBlocked(List<String> categories) implements Refusal {
        public ContentBlocked {
            categories = List.copyOf(categories);
        }
    }

    /** A plan, subscription, budget or limit forbids it. */
    record NotGranted(
            Why why, String explanation, @Nullable Duration retryAfter, List<LimitState> limits)
            implements Refusal {
        public NotGranted {
            limits = List.copyOf(limits);
        }
    }

    /** The caller's token is no longer good. */
    record CallerNotAccepted() implements Refusal {}

    /** Something that must decide cannot be asked, or has not answered in time. */
    record DependencyUnavailable() implements Refusal {}

    /** This replica has as many calls open as it takes. */
    record Overloaded() implements Refusal {}

    /** Its public code. */
    default String code() {
        return switch (this) {
            case ModelNotFound ignored -> "model_not_found";
            case EmptyMessage ignored -> "empty_message";
            case MessageTooLong ignored -> "message_too_long";
            case InstructionsNotAllowed ignored -> "instructions_not_allowed";
            case ContextLengthExceeded ignored -> "context_length_exceeded";
            case ContentBlocked ignored -> "content_blocked";
            case NotGranted refused -> refused.why().name().toLowerCase(Locale.ROOT);
            case CallerNotAccepted ignored -> "invalid_token";
            case DependencyUnavailable ignored -> "dependency_unavailable";
            case Overloaded ignored -> "overloaded";
        };
    }

    /** The reasons of usage-billing. */
    enum Why {
        MODEL_NOT_IN_PLAN,
        SUBSCRIPTION_INACTIVE,
        BUDGET_EXHAUSTED,
        RATE_LIMITED,
        QUOTA_EXCEEDED,
        ACCOUNT_SUSPENDED
    }
}
