package dev.parley.moderation.app.screening;

import dev.parley.moderation.app.policy.CurrentRules;
import dev.parley.moderation.business.policy.OrganizationId;
import dev.parley.moderation.business.policy.PolicyVersion;
import dev.parley.moderation.business.screening.Rules;
import dev.parley.moderation.business.screening.StreamScreening;
import dev.parley.moderation.business.screening.StreamVerdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Decides how much of a stream may be shown. It never waits for anything. */
@ApplicationScoped
public class ScreenStream {
    private final CurrentRules rules;

    @Inject
    ScreenStream(CurrentRules rules) {
        this.rules = rules;
    }

    /**
     * The next piece of a stream.
     *
     * @param shown the end of what was shown
     * @param pending what was not shown yet
     * @param complete whether the stream ends here
     */
    public record Command(
            OrganizationId organization, String shown, String pending, boolean complete) {}

    /** What came of it. */
    public sealed interface Outcome {
        /** What the rules say. */
        record Screened(StreamVerdict verdict, PolicyVersion policyVersion) implements Outcome {}

        /** No policy has been loaded yet. */
        record Unavailable() implements Outcome {}
    }

    public Outcome handle(Command command) {
        Optional<Rules> found = rules.of(command.organization());
        if (found.isEmpty()) {
            return new Outcome.Unavailable();
        }
        Rules own = found.get();
        return new Outcome.Screened(
                StreamScreening.screen(command.shown(), command.pending(), command.complete(), own),
                own.policy().version());
    }
}
