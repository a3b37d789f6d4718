package dev.parley.moderation.business.policy;

/**
 * A phrase by which people try to override a model's instructions.
 *
 * @param phrase in the grammar of {@code Phrase}
 */
public record InjectionPhrase(String phrase, Score score) {}
