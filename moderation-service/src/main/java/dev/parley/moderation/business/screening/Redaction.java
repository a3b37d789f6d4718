package dev.parley.moderation.business.screening;

import dev.parley.moderation.business.policy.EntityType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A whole text without what should not be kept: personal data and secrets of every kind, and the
 * terms of the policy, whatever the policy does about them elsewhere.
 */
public final class Redaction {
    /** What a reader sees in the place of a term, or of a text that hides something. */
    public static final String MARK = "[redacted]";

    private record Span(int start, int end, String mark) {}

    private Redaction() {}

    /** The text with marks in the place of what was taken out. */
    public static String of(String text, Rules rules) {
        FoldedText folded = FoldedText.of(text);
        for (String hidden : EncodedText.hiddenIn(text)) {
            // What is hidden in another spelling has no place of its own that could be marked.
            if (!spans(FoldedText.of(hidden), rules).isEmpty()) {
                return MARK;
            }
        }
        return marked(text, spans(folded, rules));
    }

    private static List<Span> spans(FoldedText text, Rules rules) {
        List<Span> spans = new ArrayList<>();
        int keysEnd = 0;
        for (EntityMatch match : EntityScan.allIn(text)) {
            int end = match.end();
            if (match.type() == EntityType.PRIVATE_KEY) {
                if (end <= keysEnd) {
                    // Looking for its end again and again would take the square of the length.
                    continue;
                }
                end = PrivateKeys.endOfKey(text, end);
                keysEnd = end;
            }
            spans.add(new Span(match.start(), end, match.type().mark()));
        }
        Words words = Words.of(text);
        addTerms(rules.blocking(), words, spans);
        addTerms(rules.flagging(), words, spans);
        spans.sort(Comparator.comparingInt(Span::start));
        return spans;
    }

    private static void addTerms(PhraseAutomaton terms, Words words, List<Span> spans) {
        for (PhraseMatch match : terms.matches(words)) {
            spans.add(
                    new Span(
                            words.text().start(words.from(match.firstWord())),
                            words.text().end(words.to(match.endWord() - 1) - 1),
                            MARK));
        }
    }

    private static String marked(String text, List<Span> spans) {
        StringBuilder marked = new StringBuilder(text.length());
        int at = 0;
        for (Span span : spans) {
            if (span.start() >= at) {
                marked.append(text, at, span.start()).append(span.mark());
            }
            at = Math.max(at, span.end());
        }
        return marked.append(text, at, text.length()).toString();
    }
}
