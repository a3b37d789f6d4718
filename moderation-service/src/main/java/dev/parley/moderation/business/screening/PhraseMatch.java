package dev.parley.moderation.business.screening;

/**
 * A phrase that was found.
 *
 * @param phrase its index among those that were compiled
 * @param firstWord the word it begins with
 * @param endWord the word after its last
 */
record PhraseMatch(int phrase, int firstWord, int endWord) {}
