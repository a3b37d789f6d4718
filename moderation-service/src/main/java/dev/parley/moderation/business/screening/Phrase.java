package dev.parley.moderation.business.screening;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A pattern of words. Elements are separated by spaces: a word; alternatives {@code (a|b|c)};
 * either followed by {@code ?} when it may be missing; {@code ~3} for up to three words of any
 * kind.
 */
record Phrase(List<Element> elements) {
    /** The longest gap; it bounds how long a stream may wait for a phrase. */
    private static final int LONGEST_GAP = 6;

    /**
     * One step of a phrase.
     *
     * @param alternatives words that fit, folded; empty when any word does
     */
    record Element(List<String> alternatives, boolean optional) {
        Element {
            alternatives = List.copyOf(alternatives);
        }

        boolean anyWord() {
            return alternatives.isEmpty();
        }
    }

    Phrase {
        elements = List.copyOf(elements);
        if (elements.stream().allMatch(Element::optional)) {
            throw new IllegalArgumentException("a phrase needs a word that must be there");
        }
        if (elements.getFirst().anyWord() || elements.getLast().anyWord()) {
            throw new IllegalArgumentException("a phrase begins and ends with a word");
        }
    }

    /** Reads a phrase. */
    static Phrase parse(String pattern) {
        List<Element> elements = new ArrayList<>();
        for (String part : pattern.toLowerCase(Locale.ROOT).strip().split("\\s+", -1)) {
            if (part.startsWith("~")) {
                int gap = Integer.parseInt(part.substring(1));
                if (gap < 1 || gap > LONGEST_GAP) {
                    throw new IllegalArgumentException("a gap of 1 to " + LONGEST_GAP + " words");
                }
                for (int i = 0; i < gap; i++) {
                    elements.add(new Element(List.of(), true));
                }
            } else {
                elements.addAll(elementsOf(part));
            }
        }
        return new Phrase(elements);
    }

    private static List<Element> elementsOf(String part) {
        boolean optional = part.endsWith("?");
        String core = optional ? part.substring(0, part.length() - 1) : part;
        if (core.startsWith("(") && core.endsWith(")")) {
            List<String> alternatives = new ArrayList<>();
            for (String alternative : core.substring(1, core.length() - 1).split("\\|", -1)) {
                List<String> words = wordsOf(alternative);
                if (words.size() != 1) {
                    throw new IllegalArgumentException("not one word: " + alternative);
                }
                alternatives.add(words.getFirst());
            }
            return List.of(new Element(alternatives, optional));
        }
        List<String> words = wordsOf(core);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("not a word: " + part);
        }
        return words.stream().map(word -> new Element(List.of(word), optional)).toList();
    }

    private static List<String> wordsOf(String spelled) {
        if (spelled.chars().anyMatch(c -> c == '(' || c == ')' || c == '?' || c == '~')
                || spelled.chars().anyMatch(Words::letterSign)) {
            throw new IllegalArgumentException("not a word: " + spelled);
        }
        Words words = Words.of(FoldedText.of(spelled));
        List<String> folded = new ArrayList<>();
        for (int word = 0; word < words.count(); word++) {
            StringBuilder letters = new StringBuilder();
            for (int symbol = words.from(word); symbol < words.to(word); symbol++) {
                int letter = words.text().letter(symbol);
                if (letter != '\'') {
                    letters.appendCodePoint(letter);
                }
            }
            folded.add(letters.toString());
        }
        return folded;
    }
}
