package dev.parley.moderation.business.screening;

import dev.parley.moderation.business.policy.Action;
import dev.parley.moderation.business.policy.Category;
import dev.parley.moderation.business.policy.EntityType;
import dev.parley.moderation.business.policy.Score;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Decides how much of a stream may be shown. Without any memory of its own: however a text is cut
 * into pieces, what is shown in the end is the same, and what is held back is never more than
 * {@link EntityWindow#REACH} UTF-16 units.
 */
public final class StreamScreening {
    /** How much of what was shown the caller repeats; a word at its very beginning may be cut. */
    private static final int SHOWN = 256;

    private final String shown;
    private final String pending;
    private final boolean complete;
    private final Rules rules;
    private final EntityScan entities;
    private final FoldedText folded;
    private final Set<String> reasons = new HashSet<>();
    private boolean redacted;

    private StreamScreening(String shown, String pending, boolean complete, Rules rules) {
        this.shown = shown;
        this.pending = pending;
        this.complete = complete;
        this.rules = rules;
        this.folded = FoldedText.of(shown + pending);
        this.entities = EntityScan.from(shown.length(), folded, complete, rules.withheld());
    }

    /**
     * Screens the next piece.
     *
     * @param shown the end of what the user has seen so far
     * @param pending what the user has not seen yet
     * @param complete whether the stream ends with it
     */
    public static StreamVerdict screen(
            String shown, String pending, boolean complete, Rules rules) {
        return new StreamScreening(shown, pending, complete, rules).verdict();
    }

    private StreamVerdict verdict() {
        for (EntityMatch match : entities.matches()) {
            if (rules.policy().ruleFor(match.type()).output() == Action.BLOCK) {
                return new StreamVerdict.Stopped(Set.of(TextScreening.PERSONAL_DATA));
            }
        }
        // Terms are sought in what the user would see, marks included.
        int settled = entities.liveFrom() - shown.length();
        String visible = shown + rendered(pending.length());
        Words words = Words.of(redacted ? FoldedText.of(visible) : folded);
        PhraseScan terms = rules.blocking().scan(words, complete);
        int release = Math.min(settled, pending.length());
        for (PhraseMatch match : terms.matches()) {
            boolean certain = pendingAt(end(words, match)) <= settled;
            release = Math.min(release, judged(words, match, certain));
        }
        if (settled < pending.length()) {
            // If what begins there is redacted, a mark will follow: a word before it ends there.
            Words before = Words.of(FoldedText.of(shown + rendered(settled)));
            for (PhraseMatch match : rules.blocking().matches(before)) {
                release = Math.min(release, judged(before, match, false));
            }
        }
        if (!reasons.isEmpty()) {
            return new StreamVerdict.Stopped(reasons);
        }
        for (int word : terms.liveWords()) {
            int live = startOf(words, word);
            release = holdable(live) ? Math.min(release, live) : release;
        }
        return released(words, wholeCharacters(release));
    }

    /** Stops the stream, or tells from where on to hold back what is not certain yet. */
    private int judged(Words words, PhraseMatch match, boolean certain) {
        if (end(words, match) <= shown.length() || cut(words, match)) {
            return pending.length();
        }
        int live = startOf(words, match.firstWord());
        if (!certain && holdable(live)) {
            return live;
        }
        // What can be held back no longer is stopped rather than shown.
        Rules.scoresOf(rules.blockingTerm(match))
                .keySet()
                .forEach(category -> reasons.add(category.label()));
        return pending.length();
    }

    private int startOf(Words words, int word) {
        return pendingAt(words.text().start(words.from(word)));
    }

    private boolean holdable(int live) {
        return pending.length() - live <= EntityWindow.REACH;
    }

    private StreamVerdict released(Words words, int release) {
        redacted = false;
        String text = rendered(release);
        Set<Category> categories = EnumSet.noneOf(Category.class);
        int seen = shown.length() + text.length();
        for (PhraseMatch match : rules.flagging().scan(words, complete).matches()) {
            int end = end(words, match);
            if (end >= shown.length() && end <= seen && !cut(words, match)) {
                flag(match, categories);
            }
        }
        Action action = categories.isEmpty() ? Action.ALLOW : Action.FLAG;
        return new StreamVerdict.Released(
                redacted ? action.or(Action.REDACT) : action, release, text, categories);
    }

    private void flag(PhraseMatch match, Set<Category> categories) {
        for (Map.Entry<Category, Score> entry :
                Rules.scoresOf(rules.flaggingTerm(match)).entrySet()) {
            if (rules.policy().ruleFor(entry.getKey()).actionFor(entry.getValue())
                    != Action.ALLOW) {
                categories.add(entry.getKey());
            }
        }
    }

    /** The first units of the pending text as they would be shown. */
    private String rendered(int units) {
        if (entities.matches().isEmpty()) {
            return pending.substring(0, units);
        }
        StringBuilder text = new StringBuilder(units);
        int at = 0;
        for (EntityMatch match : entities.matches()) {
            int start = Math.max(at, match.start() - shown.length());
            if (start >= units) {
                break;
            }
            text.append(pending, at, start);
            if (!goesOn(match.type(), text)) {
                text.append(match.type().mark());
            }
            redacted = true;
            at = Math.max(start, match.end() - shown.length());
        }
        return at < units ? text.append(pending, at, units).toString() : text.toString();
    }

    /** Whether the mark stands there already, so that this is more of the same. */
    private boolean goesOn(EntityType type, StringBuilder text) {
        String mark = type.mark();
        int before = Math.max(0, mark.length() - text.length());
        return shown.endsWith(mark.substring(0, before))
                && text.length() >= mark.length() - before
                && text.substring(text.length() - mark.length() + before)
                        .equals(mark.substring(before));
    }

    /** The place in the pending text of a place in what would be visible. */
    private int pendingAt(int visible) {
        int shift = shown.length();
        if (!redacted) {
            return Math.max(0, visible - shift);
        }
        StringBuilder soFar = new StringBuilder();
        int at = 0;
        for (EntityMatch match : entities.matches()) {
            int start = Math.max(at, match.start() - shift);
            if (shift + soFar.length() + start - at >= visible) {
                break;
            }
            soFar.append(pending, at, start);
            if (!goesOn(match.type(), soFar)) {
                soFar.append(match.type().mark());
            }
            at = Math.max(start, match.end() - shift);
            if (shift + soFar.length() >= visible) {
                return at;
            }
        }
        return Math.max(0, at + visible - shift - soFar.length());
    }

    /** No pair of surrogates is torn. */
    private int wholeCharacters(int release) {
        boolean torn =
                release > 0
                        && Character.isHighSurrogate(pending.charAt(release - 1))
                        && (release < pending.length()
                                ? Character.isLowSurrogate(pending.charAt(release))
                                : !complete);
        return torn ? release - 1 : release;
    }

    private static int end(Words words, PhraseMatch match) {
        return words.text().end(words.to(match.endWord() - 1) - 1);
    }

    private boolean cut(Words words, PhraseMatch match) {
        return shown.length() >= SHOWN && words.text().start(words.from(match.firstWord())) == 0;
    }
}
