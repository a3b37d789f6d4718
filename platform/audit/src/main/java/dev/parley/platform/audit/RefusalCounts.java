package dev.parley.platform.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Refusals that wait to be told. The first of its kind is told at once, repetitions as one event an
 * interval with their count, so that a flood fills neither the memory nor the database and yet the
 * sum of the counts is the number of refusals.
 */
final class RefusalCounts {
    private final Duration interval;
    private final int most;
    private final Map<Kind, Count> counts = new LinkedHashMap<>();
    private long uncounted;

    /** What makes two refusals the same; an organization's remainder has neither actor nor deed. */
    private record Kind(
            String organization,
            @Nullable String subject,
            @Nullable String apiKey,
            @Nullable String action,
            @Nullable String code) {}

    private static final class Count {
        private @Nullable Sighting first;
        private long occurrences;
        private Instant last = Instant.EPOCH;
        private Instant toldAt = Instant.MIN;
    }

    /** Refusals of one kind. */
    record Repeated(Sighting first, long occurrences, Instant last) {}

    RefusalCounts(Duration interval, int most) {
        this.interval = interval;
        this.most = most;
    }

    void add(Sighting refusal) {
        add(refusal, 1, refusal.at());
    }

    private synchronized void add(Sighting first, long occurrences, Instant last) {
        Kind kind = kindOf(first);
        Sighting counted = first;
        if (counts.size() >= most && !counts.containsKey(kind)) {
            counted = remainder(first);
            kind = kindOf(counted);
            if (counts.size() >= 2 * most && !counts.containsKey(kind)) {
                uncounted += occurrences;
                return;
            }
        }
        Count count = counts.computeIfAbsent(kind, ignored -> new Count());
        if (count.first == null || first.at().isBefore(count.first.at())) {
            count.first = counted;
        }
        count.occurrences += occurrences;
        count.last = last.isAfter(count.last) ? last : count.last;
    }

    /** What is to be told by now; it counts as told. */
    synchronized List<Repeated> due(Instant now) {
        List<Repeated> due = new ArrayList<>();
        Iterator<Count> all = counts.values().iterator();
        while (all.hasNext()) {
            Count count = all.next();
            boolean rested =
                    count.toldAt.equals(Instant.MIN) || !now.isBefore(count.toldAt.plus(interval));
            if (!rested) {
                continue;
            }
            if (count.first == null) {
                all.remove();
                continue;
            }
            due.add(take(count, now));
        }
        return due;
    }

    /** Everything that was not told yet, whether it is time or not. */
    synchronized List<Repeated> all(Instant now) {
        return counts.values().stream()
                .filter(count -> count.first != null)
                .map(count -> take(count, now))
                .toList();
    }

    /** What could not be told after all; it is due again. */
    synchronized void giveBack(List<Repeated> refusals) {
        for (Repeated refusal : refusals) {
            add(refusal.first(), refusal.occurrences(), refusal.last());
            Count count = counts.get(kindOf(refusal.first()));
            if (count != null) {
                count.toldAt = Instant.MIN;
            }
        }
    }

    /** Refusals of more kinds than are kept; how many since the last call. */
    synchronized long takeUncounted() {
        long lost = uncounted;
        uncounted = 0;
        return lost;
    }

    private static Repeated take(Count count, Instant now) {
        Repeated repeated =
                new Repeated(Objects.requireNonNull(count.first), count.occurrences, count.last);
        count.first = null;
        count.occurrences = 0;
        count.last = Instant.EPOCH;
        count.toldAt = now;
        return repeated;
    }

    private static Kind kindOf(Sighting refusal) {
        Deed deed = refusal.deed();
        return new Kind(
                refusal.actor().organization(),
                refusal.actor().subject(),
                refusal.actor().apiKey(),
                deed.action() + " " + deed.resourceType(),
                deed.outcome() instanceof AuditOutcome.Refused refused ? refused.code() : null);
    }

    /** An organization's refusals that are not counted apart. */
    private static Sighting remainder(Sighting refusal) {
        return new Sighting(
                new AuditActor(refusal.actor().organization(), null, null, null),
                Deed.refused("several", "several", null, "several"),
                refusal.at(),
                null,
                null,
                null);
    }
}
