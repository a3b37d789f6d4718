package dev.parley.conversation.api.response;

import dev.parley.conversation.api.message.Refusals;
import dev.parley.conversation.business.response.AdmissionRefusal;
import dev.parley.conversation.business.response.Failure;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.TurnRefusal;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.RepeatedRequests;
import java.time.Duration;
import java.util.Map;

/** How turns that are not taken, or fail before anything was sent, are answered. */
final class TurnProblems {
    /** Refusals by the gateway, which go on record as the turn's fate. */
    static final String RECORDED_WITH_THE_TURN =
            "account_suspended abuse_throttled budget_exhausted content_blocked model_not_in_plan"
                    + " quota_exceeded rate_limited subscription_inactive";

    private TurnProblems() {}

    static Problem of(TurnRefusal refusal) {
        return switch (refusal) {
            case TurnRefusal.Unacceptable unacceptable -> Refusals.of(unacceptable.why());
            case TurnRefusal.UnknownConversation ignored ->
                    Problem.notFound().withParam("conversation");
            case TurnRefusal.UnknownPrevious ignored ->
                    Problem.notFound().withParam("previous_response_id");
            case TurnRefusal.NotContinuable ignored ->
                    Problem.invalid(
                            "previous_response_id",
                            "the previous response has not ended, or was refused");
            case TurnRefusal.NotActive notActive -> Refusals.notActive(notActive.state());
            case TurnRefusal.KeyReused ignored -> RepeatedRequests.keyReused();
            case TurnRefusal.Gone ignored -> Problem.notFound();
            case TurnRefusal.KeyInProgress ignored -> RepeatedRequests.inProgress();
            case TurnRefusal.Stopping ignored ->
                    Problem.of(503, "overloaded", "This replica is about to stop.")
                            .withRetryAfter(Duration.ofSeconds(1));
            case TurnRefusal.NotAdmitted notAdmitted -> of(notAdmitted.why());
        };
    }

    private static Problem of(AdmissionRefusal refusal) {
        Problem problem =
                Problem.of(refusal.status(), refusal.code(), refusal.explanation())
                        .withParam(refusal.param());
        if (refusal.status() == 401) {
            problem = challenging(problem);
        }
        if (!refusal.categories().isEmpty()) {
            problem = problem.withExtension("categories", refusal.categories());
        }
        for (Map.Entry<String, String> hint : refusal.hints().entrySet()) {
            problem = problem.withHeader(hint.getKey(), hint.getValue());
        }
        return problem;
    }

    /** A failure of a turn that nobody watched; what it said meanwhile is billed. */
    static Problem of(Failure failure, Response.End end) {
        int status =
                switch (failure.code()) {
                    case "invalid_request" -> 400;
                    case "invalid_token" -> 401;
                    case "upstream_timeout" -> 504;
                    case "dependency_unavailable", "overloaded" -> 503;
                    default -> 502;
                };
        Problem problem = Problem.of(status, failure.code(), failure.message());
        if (status == 401) {
            return challenging(problem);
        }
        if (end.output() != null) {
            return problem.withHeader("x-should-retry", "false");
        }
        return status == 503 ? problem.withRetryAfter(Duration.ofSeconds(1)) : problem;
    }

    private static Problem challenging(Problem unauthorized) {
        return unauthorized.withHeader(
                "WWW-Authenticate", "Bearer realm=\"parley\", error=\"invalid_token\"");
    }
}
