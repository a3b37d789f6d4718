package dev.parley.moderation.business.screening;

import dev.parley.moderation.business.policy.Action;
import dev.parley.moderation.business.policy.Category;
import dev.parley.moderation.business.policy.Policy;
import dev.parley.moderation.business.policy.Score;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From one whole text to its verdict. */
public final class TextScreening {
    /** The label of a reason that is no category: an attempt to override instructions. */
    public static final String INJECTION = "injection";

    /** The label of a reason that is no category: personal data or a secret. */
    public static final String PERSONAL_DATA = "pii";

    private final Rules rules;
    private final Direction direction;
    private final Map<Category, Score> scores = new EnumMap<>(Category.class);
    private Optional<Score> injection = Optional.empty();

    private TextScreening(Rules rules, Direction direction) {
        this.rules = rules;
        this.direction = direction;
    }

    public static Verdict screen(String text, Direction direction, Rules rules) {
        return new TextScreening(rules, direction).verdict(text);
    }

    private Verdict verdict(String text) {
        FoldedText folded = FoldedText.of(text);
        readWords(Words.of(folded));
        if (direction == Direction.INPUT) {
            for (String hidden : EncodedText.hiddenIn(text)) {
                readWords(Words.of(FoldedText.of(hidden)));
            }
        }
        List<EntityMatch> entities = EntityScan.allIn(folded);
        return judge(entities);
    }

    private void readWords(Words words) {
        for (PhraseMatch match : rules.blocking().matches(words)) {
            Rules.scoresOf(rules.blockingTerm(match)).forEach(this::raise);
        }
        for (PhraseMatch match : rules.flagging().matches(words)) {
            Rules.scoresOf(rules.flaggingTerm(match)).forEach(this::raise);
        }
        if (direction == Direction.INPUT) {
            for (PhraseMatch match : rules.injection().matches(words)) {
                Score score = rules.injectionScore(match);
                if (score.reaches(rules.policy().injection().from())) {
                    injection = Optional.of(injection.map(score::or).orElse(score));
                }
            }
        }
    }

    private void raise(Category category, Score score) {
        scores.merge(category, score, Score::or);
    }

    private Verdict judge(List<EntityMatch> entities) {
        Policy policy = rules.policy();
        Action action = Action.ALLOW;
        Set<Category> flagged = EnumSet.noneOf(Category.class);
        Set<String> reasons = new HashSet<>();
        for (Map.Entry<Category, Score> entry : scores.entrySet()) {
            Action own = policy.ruleFor(entry.getKey()).actionFor(entry.getValue());
            if (own != Action.ALLOW) {
                flagged.add(entry.getKey());
            }
            action = action.or(own);
        }
        if (action == Action.BLOCK) {
            flagged.forEach(category -> reasons.add(category.label()));
        }
        if (injection.isPresent()) {
            action = action.or(policy.injection().action());
            if (policy.injection().action() == Action.BLOCK) {
                reasons.add(INJECTION);
            }
        }
        for (EntityMatch entity : entities) {
            Action own = actionFor(entity);
            action = action.or(own);
            if (own == Action.BLOCK) {
                reasons.add(PERSONAL_DATA);
            }
        }
        return new Verdict(action, flagged, scores, injection, entities, reasons, policy.version());
    }

    private Action actionFor(EntityMatch entity) {
        return switch (direction) {
            case INPUT -> rules.policy().ruleFor(entity.type()).input();
            case OUTPUT -> rules.policy().ruleFor(entity.type()).output();
        };
    }
}
