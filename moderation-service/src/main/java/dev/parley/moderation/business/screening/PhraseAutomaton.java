package dev.parley.moderation.business.screening;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All phrases of a policy as one nondeterministic automaton over words. Compiled once, then shared
 * by all threads; a scan costs time linear in the text.
 */
final class PhraseAutomaton {
    static final int START = 0;
    private static final int[] NOWHERE = {};

    private final Vocabulary vocabulary = new Vocabulary();
    private final Transitions transitions = new Transitions();
    private final int[][] byAnyWord;
    private final int[] accepted;
    private final boolean[] goesOn;
    private final int phrases;

    /** Compiles the phrases; a match names a phrase by its index in this list. */
    PhraseAutomaton(List<Phrase> phrases) {
        this.phrases = phrases.size();
        int states = 1;
        for (Phrase phrase : phrases) {
            states += phrase.elements().size();
        }
        byAnyWord = new int[states][];
        accepted = new int[states];
        goesOn = new boolean[states];
        Arrays.fill(byAnyWord, NOWHERE);
        Arrays.fill(accepted, -1);
        int base = 0;
        Map<Integer, Set<Integer>> starts = new HashMap<>();
        for (int index = 0; index < phrases.size(); index++) {
            List<Phrase.Element> elements = phrases.get(index).elements();
            connect(starts, START, elements, 0, base);
            for (int done = 1; done <= elements.size(); done++) {
                int state = base + done;
                Map<Integer, Set<Integer>> targets = new HashMap<>();
                connect(targets, state, elements, done, base);
                keep(state, targets);
                if (restIsOptional(elements, done)) {
                    accepted[state] = index;
                }
            }
            base += elements.size();
        }
        keep(START, starts);
    }

    private void keep(int state, Map<Integer, Set<Integer>> targets) {
        targets.forEach(
                (word, states) ->
                        transitions.put(
                                state,
                                word,
                                states.stream().mapToInt(Integer::intValue).toArray()));
        goesOn[state] = !targets.isEmpty() || byAnyWord[state].length > 0;
    }

    private void connect(
            Map<Integer, Set<Integer>> targets,
            int state,
            List<Phrase.Element> elements,
            int done,
            int base) {
        List<Integer> any = new ArrayList<>();
        for (int next = done; next < elements.size(); next++) {
            Phrase.Element element = elements.get(next);
            int target = base + next + 1;
            for (String word : element.alternatives()) {
                targets.computeIfAbsent(vocabulary.add(word, state == START), _ -> new HashSet<>())
                        .add(target);
            }
            if (element.anyWord()) {
                any.add(target);
            }
            if (!element.optional()) {
                break;
            }
        }
        if (state != START) {
            byAnyWord[state] = any.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    private static boolean restIsOptional(List<Phrase.Element> elements, int done) {
        return elements.subList(done, elements.size()).stream().allMatch(Phrase.Element::optional);
    }

    boolean isEmpty() {
        return phrases == 0;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    int[] after(int state, int word) {
        int[] targets = transitions.get(state, word);
        return targets == null ? NOWHERE : targets;
    }

    int[] afterAnyWord(int state) {
        return byAnyWord[state];
    }

    /** The phrase that is complete in a state, or -1. */
    int accepted(int state) {
        return accepted[state];
    }

    /** Whether the phrase may go on from a state. */
    boolean goesOn(int state) {
        return goesOn[state];
    }

    /** Finds every phrase in a complete text. */
    List<PhraseMatch> matches(Words words) {
        return isEmpty() ? List.of() : new PhraseScan(this, words, true).matches();
    }

    /** Reads a text that may go on. */
    PhraseScan scan(Words words, boolean complete) {
        return new PhraseScan(this, words, complete);
    }
}
