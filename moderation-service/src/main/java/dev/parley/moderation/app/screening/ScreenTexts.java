package dev.parley.moderation.app.screening;

import dev.parley.moderation.app.policy.CurrentRules;
import dev.parley.moderation.business.policy.OrganizationId;
import dev.parley.moderation.business.policy.PolicyVersion;
import dev.parley.moderation.business.screening.Direction;
import dev.parley.moderation.business.screening.Rules;
import dev.parley.moderation.business.screening.TextScreening;
import dev.parley.moderation.business.screening.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Judges whole texts by the rules of an organization. It never waits for anything. */
@ApplicationScoped
public class ScreenTexts {
    private final CurrentRules rules;

    @Inject
    ScreenTexts(CurrentRules rules) {
        this.rules = rules;
    }

    /** The texts, in their order. */
    public record Command(OrganizationId organization, Direction direction, List<String> texts) {
        public Command {
            texts = List.copyOf(texts);
        }
    }

    /** What came of it. */
    public sealed interface Outcome {
        /**
         * One verdict for each text.
         *
         * @param failOpen whether texts may pass when a later verdict cannot be had
         */
        record Screened(List<Verdict> verdicts, PolicyVersion policyVersion, boolean failOpen)
                implements Outcome {
            public Screened {
                verdicts = List.copyOf(verdicts);
            }
        }

        /** No policy has been loaded yet. */
        record Unavailable() implements Outcome {}
    }

    public Outcome handle(Command command) {
        Optional<Rules> found = rules.of(command.organization());
        if (found.isEmpty()) {
            return new Outcome.Unavailable();
        }
        Rules own = found.get();
        List<Verdict> verdicts =
                command.texts().stream()
                        .map(text -> TextScreening.screen(text, command.direction(), own))
                        .toList();
        return new Outcome.Screened(verdicts, own.policy().version(), own.policy().failOpen());
    }
}
