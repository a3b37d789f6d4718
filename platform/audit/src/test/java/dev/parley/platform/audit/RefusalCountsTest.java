package dev.parley.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalCountsTest {
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RefusalCounts counts = new RefusalCounts(MINUTE, 3);

    @Test
    void tellsTheFirstAtOnceAndRepetitionsAsOneAMinute() {
        counts.add(refusal("user_a", "rate_limited", START));
        assertThat(counts.due(START))
                .extracting(RefusalCounts.Repeated::occurrences)
                .isEqualTo(List.of(1L));

        for (int second = 1; second <= 30; second++) {
            counts.add(refusal("user_a", "rate_limited", START.plusSeconds(second)));
        }
        assertThat(counts.due(START.plusSeconds(59))).isEmpty();

        List<RefusalCounts.Repeated> told = counts.due(START.plus(MINUTE));
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().occurrences()).isEqualTo(30);
        assertThat(told.getFirst().first().at()).isEqualTo(START.plusSeconds(1));
        assertThat(told.getFirst().last()).isEqualTo(START.plusSeconds(30));
        assertThat(counts.due(START.plus(MINUTE.multipliedBy(3)))).isEmpty();
    }

    @Test
    void keepsCallersAndCodesApart() {
        counts.add(refusal("user_a", "rate_limited", START));
        counts.add(refusal("user_b", "rate_limited", START));
        counts.add(refusal("user_a", "insufficient_scope", START));

        assertThat(counts.due(START)).hasSize(3);
    }

    @Test
    void countsWhatIsTooManyKindsByOrganizationAndLosesNone() {
        for (int i = 0; i < 100; i++) {
            counts.add(refusal("user_" + i, "rate_limited", START));
        }

        List<RefusalCounts.Repeated> told = counts.due(START);
        assertThat(told).hasSize(4);
        assertThat(told.stream().mapToLong(RefusalCounts.Repeated::occurrences).sum())
                .isEqualTo(100);
        assertThat(told.getLast().first().actor())
                .isEqualTo(new AuditActor("org_a", null, null, null));
        assertThat(told.getLast().occurrences()).isEqualTo(97);
        assertThat(counts.takeUncounted()).isZero();
    }

    @Test
    void forgetsWhoIsRefusedNoLonger() {
        for (String subject : List.of("user_a", "user_b", "user_c")) {
            counts.add(refusal(subject, "rate_limited", START));
        }
        assertThat(counts.due(START)).hasSize(3);
        assertThat(counts.due(START.plus(MINUTE))).isEmpty();

        counts.add(refusal("user_d", "rate_limited", START.plus(MINUTE)));
        assertThat(counts.due(START.plus(MINUTE)).getFirst().first().actor().subject())
                .isEqualTo("user_d");
    }

    @Test
    void tellsAgainWhatCouldNotBeWritten() {
        counts.add(refusal("user_a", "rate_limited", START));
        List<RefusalCounts.Repeated> unwritten = counts.due(START);
        counts.add(refusal("user_a", "rate_limited", START.plusSeconds(1)));
        counts.giveBack(unwritten);

        List<RefusalCounts.Repeated> told = counts.due(START.plusSeconds(2));
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().occurrences()).isEqualTo(2);
        assertThat(told.getFirst().first().at()).isEqualTo(START);
    }

    @Test
    void admitsWhatItCannotCount() {
        for (int i = 0; i < 20; i++) {
            counts.add(
                    new Sighting(
                            AuditActor.of("org_" + i, "user_a"),
                            Deed.refused("file.delete", "file", null, "rate_limited"),
                            START,
                            null,
                            null,
                            null));
        }

        assertThat(counts.due(START)).hasSize(6);
        assertThat(counts.takeUncounted()).isEqualTo(14);
        assertThat(counts.takeUncounted()).isZero();
    }

    private static Sighting refusal(String subject, String code, Instant at) {
        return new Sighting(
                AuditActor.of("org_a", subject),
                Deed.refused("file.delete", "file", null, code),
                at,
                null,
                null,
                null);
    }
}
