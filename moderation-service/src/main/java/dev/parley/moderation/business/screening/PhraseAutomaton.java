package dev.parley.moderation.business.screening;

import java.util.ArrayList;
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
    private final Map<Integer, int[]>[] byWord;
    private final int[][] byAnyWord;
    private final int[] accepted;
    private final int phrases;

    /** Compiles the phrases; a match names a phrase by its index in this list. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of generic types
    PhraseAutomaton(List<Phrase> phrases) {
        this.phrases = phrases.size();
        int states = 1;
        for (Phrase phrase : phrases) {
            states += phrase.elements().size();
        }
        Map<Integer, Set<Integer>>[] building = new Map[states];
        byWord = new Map[states];
        byAnyWord = new int[states][];
        accepted = new int[states];
        java.util.Arrays.fill(byAnyWord, NOWHERE);
        java.util.Arrays.fill(accepted, -1);
        for (int state = 0; state < states; state++) {
            building[state] = new HashMap<>();
        }
        int base = 0;
        for (int index = 0; index < phrases.size(); index++) {
            List<Phrase.Element> elements = phrases.get(index).elements();
            for (int done = 0; done <= elements.size(); done++) {
                int state = done == 0 ? START : base + done;
                connect(building[state], state, elements, done, base);
                if (done > 0 && restIsOptional(elements, done)) {
                    accepted[state] = index;
                }
            }
            base += elements.size();
        }
        for (int state = 0; state < states; state++) {
            Map<Integer, int[]> frozen = new HashMap<>();
            building[state].forEach(
                    (word, targets) ->
                            frozen.put(
                                    word, targets.stream().mapToInt(Integer::intValue).toArray()));
            byWord[state] = Map.copyOf(frozen);
        }
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
        return byWord[state].getOrDefault(word, NOWHERE);
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
        return !byWord[state].isEmpty() || byAnyWord[state].length > 0;
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
