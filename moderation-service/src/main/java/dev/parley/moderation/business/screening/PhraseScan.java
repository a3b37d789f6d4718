package dev.parley.moderation.business.screening;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One reading of one text: the phrases in it, and where a phrase may be about to begin. */
final class PhraseScan {
    /** Single letters that make a known word, as in {@code b o m b}. */
    private record Joined(int endWord, int word) {}

    private final PhraseAutomaton automaton;
    private final Vocabulary vocabulary;
    private final Words words;
    private final boolean complete;
    private final Spellings spellings;
    private final @Nullable Readings[] reached;
    private final List<PhraseMatch> matches = new ArrayList<>();
    private final List<Integer> liveWords = new ArrayList<>();
    private int seenWords;
    private final int[] wordIds = new int[16];

    PhraseScan(PhraseAutomaton automaton, Words words, boolean complete) {
        this.automaton = automaton;
        this.vocabulary = automaton.vocabulary();
        this.words = words;
        this.complete = complete;
        this.spellings = new Spellings(words);
        this.reached = new Readings[words.count() + 1];
        read();
    }

    /** Every phrase whose last word is complete. */
    List<PhraseMatch> matches() {
        return matches;
    }

    /** Words from which on a phrase may still come true when the text goes on. */
    List<Integer> liveWords() {
        return liveWords;
    }

    private void read() {
        int closed = !complete && words.endsOpen() ? words.count() - 1 : words.count();
        int word = 0;
        int runEnd = 0;
        @Nullable List<Joined>[] joined = null;
        int runStart = 0;
        while (word < closed) {
            if (word >= runEnd && words.single(word)) {
                runStart = word;
                runEnd = endOfRun(word);
                boolean mayGoOn = !complete && runEnd == words.spoken() && words.endsNear();
                joined = runEnd - runStart < 3 || mayGoOn ? null : joined(runStart, runEnd);
            }
            step(word, word + 1, idsOf(word));
            stepOverAny(word);
            if (joined != null && word < runEnd) {
                List<Joined> here = joined[word - runStart];
                if (here != null) {
                    for (Joined one : here) {
                        wordIds[0] = one.word();
                        step(word, one.endWord(), 1);
                    }
                }
            }
            word++;
        }
        if (!complete) {
            findLive(closed);
        }
    }

    private int idsOf(int word) {
        seenWords = 0;
        spellings.of(
                word,
                false,
                (symbols, length) -> {
                    int node = walk(symbols, length);
                    int id = node == Vocabulary.NONE ? Vocabulary.NONE : vocabulary.wordAt(node);
                    if (id != Vocabulary.NONE && !seen(id)) {
                        wordIds[seenWords++] = id;
                    }
                });
        return seenWords;
    }

    private boolean seen(int id) {
        for (int i = 0; i < seenWords; i++) {
            if (wordIds[i] == id) {
                return true;
            }
        }
        return false;
    }

    private int walk(int[] symbols, int length) {
        int node = length == 0 ? Vocabulary.NONE : Vocabulary.ROOT;
        for (int i = 0; i < length && node != Vocabulary.NONE; i++) {
            node = vocabulary.next(node, symbols[i]);
        }
        return node;
    }

    private void step(int from, int to, int ids) {
        Readings readings = reached[from];
        for (int i = 0; i < ids; i++) {
            int id = wordIds[i];
            for (int state : automaton.after(PhraseAutomaton.START, id)) {
                reach(to, state, from);
            }
            if (readings != null) {
                for (int reading = 0; reading < readings.size(); reading++) {
                    for (int state : automaton.after(readings.state(reading), id)) {
                        reach(to, state, readings.firstWord(reading));
                    }
                }
            }
        }
    }

    private void stepOverAny(int word) {
        Readings readings = reached[word];
        if (readings != null) {
            for (int reading = 0; reading < readings.size(); reading++) {
                for (int state : automaton.afterAnyWord(readings.state(reading))) {
                    reach(word + 1, state, readings.firstWord(reading));
                }
            }
        }
    }

    private void reach(int word, int state, int firstWord) {
        int phrase = automaton.accepted(state);
        if (phrase >= 0) {
            matches.add(new PhraseMatch(phrase, firstWord, word));
        }
        if (automaton.goesOn(state)) {
            Readings readings = reached[word];
            if (readings == null) {
                readings = new Readings();
                reached[word] = readings;
            }
            readings.add(state, firstWord);
        }
    }

    private int endOfRun(int word) {
        int end = word + 1;
        while (end < words.count() && words.single(end) && words.near(end - 1, end)) {
            end++;
        }
        return end;
    }

    /** Known words in a run of single letters, where the rest of the run is known words as well. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of generic types
    private @Nullable List<Joined>[] joined(int start, int end) {
        List<Joined>[] found = new List[end - start];
        boolean[] divisible = new boolean[end - start + 1];
        divisible[end - start] = true;
        for (int at = end - 1; at >= start; at--) {
            int node = Vocabulary.ROOT;
            for (int next = at; next < end && node != Vocabulary.NONE; next++) {
                node = vocabulary.next(node, words.text().letter(words.from(next)));
                int id = node == Vocabulary.NONE ? Vocabulary.NONE : vocabulary.wordAt(node);
                if (id != Vocabulary.NONE && divisible[next + 1 - start]) {
                    divisible[at - start] = true;
                    if (next + 1 - at >= 3) {
                        if (found[at - start] == null) {
                            found[at - start] = new ArrayList<>(2);
                        }
                        found[at - start].add(new Joined(next + 1, id));
                    }
                }
            }
        }
        return found;
    }

    private void findLive(int closed) {
        Readings readings = reached[closed];
        if (closed == words.count()) {
            if (readings != null) {
                addAll(readings);
            }
        } else {
            findLiveInOpenWord(closed, readings);
        }
        findLiveInRun();
    }

    private void findLiveInOpenWord(int open, @Nullable Readings readings) {
        boolean[] beginning = new boolean[2];
        spellings.of(
                open,
                true,
                (symbols, length) -> {
                    // Signs alone read as nothing, but the next letter may give them a meaning.
                    int node = length == 0 ? Vocabulary.NONE : walk(symbols, length);
                    if (node != Vocabulary.NONE) {
                        beginning[0] = true;
                        beginning[1] |= vocabulary.opensPhrase(node);
                    }
                });
        if (beginning[1]) {
            liveWords.add(open);
        }
        if (readings != null) {
            for (int reading = 0; reading < readings.size(); reading++) {
                if (beginning[0]
                        || words.spoken() <= open
                        || automaton.afterAnyWord(readings.state(reading)).length > 0) {
                    liveWords.add(readings.firstWord(reading));
                }
            }
        }
    }

    private void addAll(Readings readings) {
        for (int reading = 0; reading < readings.size(); reading++) {
            liveWords.add(readings.firstWord(reading));
        }
    }

    /** The run of single letters at the end, if it may become words of a phrase. */
    private void findLiveInRun() {
        int end = words.spoken();
        if (end == 0 || !words.single(end - 1) || !words.endsNear()) {
            return;
        }
        findLiveInRun(end);
        if (words.endsOpen() && end > 1 && words.near(end - 2, end - 1)) {
            // The last letter may yet turn out to begin a longer word: the run ends before it.
            findLiveInRun(end - 1);
        }
    }

    private void findLiveInRun(int end) {
        int start = end;
        while (start > 0
                && words.single(start - 1)
                && (start == end || words.near(start - 1, start))) {
            start--;
        }
        boolean[] goesOn = new boolean[end - start + 1];
        goesOn[end - start] = true;
        for (int at = end - 1; at >= start; at--) {
            int node = Vocabulary.ROOT;
            int next = at;
            boolean opens = false;
            while (next < end && node != Vocabulary.NONE) {
                node = vocabulary.next(node, words.text().letter(words.from(next)));
                next++;
                if (node != Vocabulary.NONE
                        && (next == end
                                || (vocabulary.wordAt(node) >= 0 && goesOn[next - start]))) {
                    goesOn[at - start] = true;
                    opens |= vocabulary.opensPhrase(node);
                }
            }
            if (opens) {
                liveWords.add(at);
            }
            Readings readings = reached[at];
            if (goesOn[at - start] && readings != null) {
                addAll(readings);
            }
        }
    }
}
