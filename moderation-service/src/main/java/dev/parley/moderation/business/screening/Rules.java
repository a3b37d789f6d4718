package dev.parley.moderation.business.screening;

import dev.parley.moderation.business.policy.Action;
import dev.parley.moderation.business.policy.Category;
import dev.parley.moderation.business.policy.EntityType;
import dev.parley.moderation.business.policy.InjectionPhrase;
import dev.parley.moderation.business.policy.Policy;
import dev.parley.moderation.business.policy.Score;
import dev.parley.moderation.business.policy.Term;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A policy made ready for the hot path: compiled once per version, immutable, shared. */
public final class Rules {
    private final Policy policy;
    private final List<Term> blockingTerms;
    private final List<Term> flaggingTerms;
    private final PhraseAutomaton blocking;
    private final PhraseAutomaton flagging;
    private final PhraseAutomaton injection;
    private final Set<EntityType> withheld;

    private Rules(Policy policy) {
        this.policy = policy;
        this.blockingTerms = new ArrayList<>();
        this.flaggingTerms = new ArrayList<>();
        for (Term term : policy.terms()) {
            boolean blocks = actionFor(policy, scoresOf(term)) == Action.BLOCK;
            (blocks ? blockingTerms : flaggingTerms).add(term);
        }
        this.blocking = automaton(blockingTerms.stream().map(Term::phrase).toList());
        this.flagging = automaton(flaggingTerms.stream().map(Term::phrase).toList());
        this.injection =
                automaton(policy.injectionPhrases().stream().map(InjectionPhrase::phrase).toList());
        this.withheld = EnumSet.noneOf(EntityType.class);
        for (EntityType type : EntityType.values()) {
            if (policy.ruleFor(type).output().compareTo(Action.REDACT) >= 0) {
                withheld.add(type);
            }
        }
    }

    /**
     * Compiles a policy.
     *
     * @throws IllegalArgumentException a phrase is not in the grammar
     */
    public static Rules of(Policy policy) {
        return new Rules(policy);
    }

    public Policy policy() {
        return policy;
    }

    PhraseAutomaton blocking() {
        return blocking;
    }

    PhraseAutomaton flagging() {
        return flagging;
    }

    PhraseAutomaton injection() {
        return injection;
    }

    Term blockingTerm(PhraseMatch match) {
        return blockingTerms.get(match.phrase());
    }

    Term flaggingTerm(PhraseMatch match) {
        return flaggingTerms.get(match.phrase());
    }

    Score injectionScore(PhraseMatch match) {
        return policy.injectionPhrases().get(match.phrase()).score();
    }

    /** What must not be shown as it is when a model writes it. */
    Set<EntityType> withheld() {
        return withheld;
    }

    Action actionFor(Map<Category, Score> scores) {
        return actionFor(policy, scores);
    }

    private static Action actionFor(Policy policy, Map<Category, Score> scores) {
        Action action = Action.ALLOW;
        for (Map.Entry<Category, Score> entry : scores.entrySet()) {
            action = action.or(policy.ruleFor(entry.getKey()).actionFor(entry.getValue()));
        }
        return action;
    }

    /** The scores that one term gives: its category's and the implied parent's. */
    static Map<Category, Score> scoresOf(Term term) {
        Map<Category, Score> scores = new EnumMap<>(Category.class);
        scores.put(term.category(), term.score());
        term.category().parent().ifPresent(parent -> scores.put(parent, term.score()));
        return scores;
    }

    private static PhraseAutomaton automaton(List<String> phrases) {
        return new PhraseAutomaton(phrases.stream().map(Phrase::parse).toList());
    }
}
