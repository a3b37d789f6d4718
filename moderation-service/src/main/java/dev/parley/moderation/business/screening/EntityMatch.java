package dev.parley.moderation.business.screening;

import dev.parley.moderation.business.policy.EntityType;
import dev.parley.moderation.business.policy.Score;

/**
 * Personal data or a secret in a text.
 *
 * @param start where it begins in the original, in UTF-16 units
 * @param end where it ends
 */
public record EntityMatch(EntityType type, int start, int end, Score score) {}
