package dev.parley.gateway.api.generation;

import dev.parley.gateway.business.admission.LimitState;
import dev.parley.gateway.business.admission.Refusal;
import dev.parley.gateway.business.admission.Reservation;
import dev.parley.gateway.business.generation.Failure;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.RateLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Why there is no answer, as problems; and the limits' state as headers. */
final class Refusals {
    private Refusals() {}

    static Problem problem(Refusal refusal) {
        return switch (refusal) {
            case Refusal.ModelNotFound ignored ->
                    Problem.of(404, "model_not_found", "There is no such model.")
                            .withParam("model");
            case Refusal.EmptyMessage empty ->
                    Problem.of(400, "empty_message", "The message is empty.")
                            .withParam(empty.param());
            case Refusal.MessageTooLong tooLong ->
                    Problem.of(400, "message_too_long", "The message is longer than 256 KiB.")
                            .withParam(tooLong.param());
            case Refusal.InstructionsNotAllowed notAllowed ->
                    Problem.of(
                                    403,
                                    "instructions_not_allowed",
                                    "Messages of this role need the scope 'instructions'.")
                            .withParam(notAllowed.param());
            case Refusal.ContextLengthExceeded exceeded ->
                    Problem.of(
                                    400,
                                    "context_length_exceeded",
                                    "The messages have at least %d tokens; the model's window has %d."
                                            .formatted(exceeded.tokens(), exceeded.window()))
                            .withParam("messages");
            case Refusal.ContentBlocked blocked ->
                    Problem.of(422, "content_blocked", "The content is not allowed.")
                            .withExtension("categories", blocked.categories());
            case Refusal.NotGranted notGranted -> notGranted(notGranted);
            case Refusal.CallerNotAccepted ignored ->
                    Problem.of(401, "invalid_token", "The token is not valid any more.")
                            .withHeader(
                                    "WWW-Authenticate",
                                    "Bearer realm=\"parley\", error=\"invalid_token\"");
            case Refusal.DependencyUnavailable ignored -> Problem.dependencyUnavailable();
            case Refusal.Overloaded ignored ->
                    Problem.of(503, "overloaded", "Too many calls are under way.")
                            .withRetryAfter(Duration.ofSeconds(1));
        };
    }

    static Problem problem(Failure failure) {
        return switch (failure) {
            case UPSTREAM_ERROR -> Problem.of(502, failure.code(), failure.explanation());
            case UPSTREAM_TIMEOUT -> Problem.of(504, failure.code(), failure.explanation());
            case UPSTREAM_REFUSED -> Problem.of(400, failure.code(), failure.explanation());
            case CHECK_UNAVAILABLE -> Problem.dependencyUnavailable();
            case CALLER_REVOKED -> problem(new Refusal.CallerNotAccepted());
        };
    }

    static Map<String, String> headers(Reservation reservation) {
        return rateLimits(reservation.limits(), reservation.warnings()).headers(Instant.now());
    }

    private static Problem notGranted(Refusal.NotGranted refused) {
        int status =
                switch (refused.why()) {
                    case MODEL_NOT_IN_PLAN, ACCOUNT_SUSPENDED -> 403;
                    case SUBSCRIPTION_INACTIVE, BUDGET_EXHAUSTED -> 402;
                    case RATE_LIMITED, QUOTA_EXCEEDED -> 429;
                };
        String code = refused.why().name().toLowerCase(Locale.ROOT);
        Problem problem = Problem.of(status, code, refused.explanation());
        if (refused.retryAfter() != null) {
            problem = problem.withRetryAfter(refused.retryAfter());
        }
        if (!refused.limits().isEmpty()) {
            problem = problem.withExtension("limits", refused.limits());
        }
        Map<String, String> headers =
                rateLimits(refused.limits(), List.of()).headers(Instant.now());
        for (Map.Entry<String, String> header : headers.entrySet()) {
            problem = problem.withHeader(header.getKey(), header.getValue());
        }
        return problem;
    }

    private static RateLimits rateLimits(List<LimitState> limits, List<String> warnings) {
        return new RateLimits(
                limits.stream()
                        .map(
                                limit ->
                                        new RateLimits.Window(
                                                limit.name(),
                                                limit.unit(),
                                                limit.window(),
                                                limit.hard(),
                                                limit.remaining(),
                                                limit.resetsAt()))
                        .toList(),
                warnings);
    }
}
