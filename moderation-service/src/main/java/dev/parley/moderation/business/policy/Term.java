package dev.parley.moderation.business.policy;

/**
 * A phrase whose presence speaks for a category.
 *
 * @param phrase in the grammar of {@code Phrase}
 * @param score how clearly it does
 */
public record Term(Category category, String phrase, Score score) {}
