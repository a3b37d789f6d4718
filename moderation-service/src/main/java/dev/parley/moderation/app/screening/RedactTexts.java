package dev.parley.moderation.app.screening;

import dev.parley.moderation.app.policy.CurrentRules;
import dev.parley.moderation.business.policy.OrganizationId;
import dev.parley.moderation.business.policy.PolicyVersion;
import dev.parley.moderation.business.screening.Redaction;
import dev.parley.moderation.business.screening.Rules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/**
 * Takes personal data, secrets and terms out of texts that are to be kept. It waits for nothing.
 */
@ApplicationScoped
public class RedactTexts {
    private final CurrentRules rules;

    @Inject
    RedactTexts(CurrentRules rules) {
        this.rules = rules;
    }

    /** The texts, in their order. */
    public record Command(OrganizationId organization, List<String> texts) {
        public Command {
            texts = List.copyOf(texts);
        }
    }

    /** What came of it. */
    public sealed interface Outcome {
        /** One text for each, in their order. */
        record Redacted(List<String> texts, PolicyVersion policyVersion) implements Outcome {
            public Redacted {
                texts = List.copyOf(texts);
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
        return new Outcome.Redacted(
                command.texts().stream().map(text -> Redaction.of(text, own)).toList(),
                own.policy().version());
    }
}
