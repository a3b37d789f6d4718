package dev.parley.moderation.business.policy;

/**
 * What is done with an attempt to override instructions, and from which score on it counts as one.
 */
public record InjectionRule(Action action, Score from) {
    public InjectionRule {
        if (action == Action.REDACT) {
            throw new IllegalArgumentException("input cannot be redacted");
        }
    }
}
