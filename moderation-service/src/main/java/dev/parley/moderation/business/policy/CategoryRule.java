package dev.parley.moderation.business.policy;

import java.util.Optional;

/**
 * From which score on a category is flagged, and from which it is blocked; empty is never.
 *
 * @param blockFrom no lower than {@code flagFrom}
 */
public record CategoryRule(Score flagFrom, Optional<Score> blockFrom) {
    public CategoryRule {
        if (blockFrom.isPresent() && blockFrom.get().compareTo(flagFrom) < 0) {
            throw new IllegalArgumentException("blocks from a lower score than it flags from");
        }
    }

    public Action actionFor(Score score) {
        if (blockFrom.isPresent() && score.reaches(blockFrom.get())) {
            return Action.BLOCK;
        }
        return score.reaches(flagFrom) ? Action.FLAG : Action.ALLOW;
    }
}
