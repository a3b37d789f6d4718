package dev.parley.moderation.business.policy;

/**
 * What is done with one kind of personal data in what people write and in what models answer.
 *
 * @param input never {@code REDACT}: what a person wrote is kept as it was written
 */
public record EntityRule(Action input, Action output) {
    public EntityRule {
        if (input == Action.REDACT) {
            throw new IllegalArgumentException("input cannot be redacted");
        }
    }
}
