package dev.parley.moderation.business.screening;

import dev.parley.moderation.business.policy.Action;
import dev.parley.moderation.business.policy.Category;
import dev.parley.moderation.business.policy.PolicyVersion;
import dev.parley.moderation.business.policy.Score;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the rules say about one text.
 *
 * @param flagged the categories that the policy flags or blocks
 * @param scores of the categories that have one at all
 * @param injection how clearly the text tries to override instructions; empty when it does not
 * @param reasons why it is blocked: labels of categories, {@code injection}, {@code pii}
 */
public record Verdict(
        Action action,
        Set<Category> flagged,
        Map<Category, Score> scores,
        Optional<Score> injection,
        List<EntityMatch> entities,
        Set<String> reasons,
        PolicyVersion policyVersion) {
    public Verdict {
        flagged = Set.copyOf(flagged);
        scores = Map.copyOf(scores);
        entities = List.copyOf(entities);
        reasons = Set.copyOf(reasons);
    }

    public Score scoreOf(Category category) {
        return scores.getOrDefault(category, Score.NONE);
    }
}
