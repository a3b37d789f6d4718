package dev.parley.moderation.business.screening;

import dev.parley.moderation.business.policy.EntityType;
import dev.parley.moderation.business.policy.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One reading of one text for personal data, from left to right: at each place the first detector
 * that recognises something wins, and reading goes on behind it. What is found before a place never
 * depends on how the text was cut into pieces.
 */
final class EntityScan {
    /** In this order: the surer and longer before what could be a part of it. */
    private static final List<EntityDetector> DETECTORS =
            List.of(
                    new PrivateKeys(),
                    new ApiKeys(),
                    new EmailAddresses(),
                    new Ibans(),
                    new PaymentCards(),
                    new SocialSecurityNumbers(),
                    new IpAddresses(),
                    new PhoneNumbers());

    private final FoldedText text;
    private final EntityWindow window;
    private final List<EntityDetector> detectors;
    private final List<EntityMatch> matches = new ArrayList<>();
    private int liveFrom;

    private EntityScan(FoldedText text, boolean complete, List<EntityDetector> detectors) {
        this.text = text;
        this.detectors = detectors;
        this.window = new EntityWindow(text, complete);
        this.liveFrom = text.original().length();
    }

    /** Everything in a whole text. */
    static List<EntityMatch> allIn(FoldedText text) {
        EntityScan scan = new EntityScan(text, true, DETECTORS);
        scan.read(0);
        return scan.matches;
    }

    /**
     * What of the given kinds begins at or after a place of a text that may go on.
     *
     * @param from a place of the original
     */
    static EntityScan from(int from, FoldedText text, boolean complete, Set<EntityType> types) {
        List<EntityDetector> wanted =
                DETECTORS.stream().filter(detector -> types.contains(detector.type())).toList();
        EntityScan scan = new EntityScan(text, complete, wanted);
        if (!wanted.isEmpty()) {
            scan.read(text.symbolAt(from));
        }
        return scan;
    }

    /** What was recognised for certain, in order, without overlaps. */
    List<EntityMatch> matches() {
        return matches;
    }

    /** From where on something may still come true when the text goes on; else the text's end. */
    int liveFrom() {
        return liveFrom;
    }

    private void read(int from) {
        int at = from;
        int previous = from > 0 ? text.shape(from - 1) : -1;
        while (at < text.length()) {
            int symbol = text.shape(at);
            int end = EntityDetector.NONE;
            if (!EntityWindow.word(previous) || !EntityWindow.word(symbol)) {
                if (previous == ']') {
                    end = behindMark(at);
                }
                if (end == EntityDetector.NONE) {
                    end = anyAt(at, previous, symbol);
                }
            }
            if (liveFrom < text.original().length()) {
                return;
            }
            if (end == EntityDetector.NONE) {
                previous = symbol;
                at++;
            } else {
                // A reader sees the mark, or a stop: either way no word goes on from here.
                previous = ']';
                at = end;
            }
        }
        if (previous == ']') {
            behindMark(at);
        }
    }

    private int anyAt(int at, int previous, int symbol) {
        for (EntityDetector detector : detectors) {
            if (detector.beginsWith(previous, symbol)) {
                window.moveTo(at);
                int end = detector.match(window, at);
                if (window.outOfReach()) {
                    continue;
                }
                if (window.starved()) {
                    liveFrom = text.start(at);
                    return EntityDetector.NONE;
                }
                if (end != EntityDetector.NONE) {
                    return add(detector, at, end);
                }
            }
        }
        return EntityDetector.NONE;
    }

    private int add(EntityDetector detector, int from, int certain) {
        window.moveBehind();
        int end = detector.goOn(window, certain);
        addSpan(
                detector,
                text.start(from),
                detector.openEnded() ? text.start(end) : text.end(end - 1));
        waitFrom(end);
        return end;
    }

    private void addSpan(EntityDetector detector, int from, int to) {
        matches.add(new EntityMatch(detector.type(), from, to, new Score(detector.score())));
    }

    /** A sign that may or may not belong to the match before it, until the next symbol tells. */
    private void waitFrom(int end) {
        int length = text.original().length();
        if (window.starved()
                && end < text.length()
                && length - text.start(end) <= EntityWindow.REACH) {
            liveFrom = text.start(end);
        }
    }

    /**
     * What goes on directly behind a mark belongs to what the mark stands for, and so does what no
     * reader sees behind it.
     */
    private int behindMark(int at) {
        for (EntityDetector detector : detectors) {
            String mark = detector.type().mark();
            int behind = text.end(at - 1);
            if (detector.openEnded()
                    && behind >= mark.length()
                    && text.original().startsWith(mark, behind - mark.length())) {
                window.moveBehind();
                int end = detector.goOn(window, at);
                if (text.start(end) > behind) {
                    addSpan(detector, behind, text.start(end));
                }
                waitFrom(end);
                return end > at ? end : EntityDetector.NONE;
            }
        }
        return EntityDetector.NONE;
    }
}
