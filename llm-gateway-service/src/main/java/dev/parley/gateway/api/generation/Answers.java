package dev.parley.gateway.api.generation;

import dev.parley.gateway.app.generation.RunningGeneration;
import dev.parley.gateway.business.generation.GenerationEvent;
import dev.parley.platform.web.Problem;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the answers of admitted calls have in common. */
final class Answers {
    /** The header that says who answered. */
    static final String PROVIDER = "x-parley-provider";

    /** The header that says how often providers were asked. */
    static final String ATTEMPTS = "x-parley-attempts";

    private Answers() {}

    /** The limits' state after the reservation, and who was asked how often. */
    static Map<String, String> headers(RunningGeneration generation) {
        Map<String, String> headers =
                new LinkedHashMap<>(Refusals.headers(generation.reservation()));
        headers.put(PROVIDER, generation.provider());
        headers.put(ATTEMPTS, Integer.toString(generation.attempts()));
        return headers;
    }

    /**
     * A call that failed before anything was shown; what was billed must not be retried blindly.
     */
    static Problem problem(GenerationEvent.Failed failed, RunningGeneration generation) {
        Problem problem = Refusals.problem(failed.failure());
        for (Map.Entry<String, String> header : headers(generation).entrySet()) {
            problem = problem.withHeader(header.getKey(), header.getValue());
        }
        return failed.usage().output().count() > 0
                ? problem.withHeader("x-should-retry", "false")
                : problem;
    }
}
