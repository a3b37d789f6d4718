package dev.parley.testing.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final URI SOMEWHERE = URI.create("http://127.0.0.1:1/v1");
    private static final Options OPTIONS = Options.parse("--rounds", "3", "--seconds", "1");
    private static final Target PROVIDER = Target.provider(SOMEWHERE);
    private static final Target PORTKEY = Target.portkey(SOMEWHERE, SOMEWHERE);
    private static final Target CHAT =
            Target.parley(Door.CHAT_COMPLETIONS, SOMEWHERE, "sk-parley-secret");

    @Test
    void comparesRoundByRound() {
        Report report = report();
        Phase chat = report.phases(OPTIONS.saturation()).getLast();
        Phase portkey = report.counterpart(chat, "portkey").orElseThrow();
        Phase provider = report.counterpart(chat, "provider").orElseThrow();

        assertThat(report.ratio(chat, portkey)).isEqualTo(new Spread(0.5, 0.5, 0.5));
        assertThat(report.added(chat, provider, 50).median()).isBetween(2.9, 3.1);
    }

    @Test
    void mergesTheRoundsForPercentiles() {
        Report report = report();
        Phase chat = report.phases(OPTIONS.saturation()).getLast();

        assertThat(report.latency(chat).getTotalCount()).isEqualTo(60);
        assertThat(report.latency(chat).getValueAtPercentile(99) / 1_000.0).isBetween(3.9, 4.1);
        assertThat(report.cpuMillisPerCall(chat, "gateway")).isEqualTo(3.0);
        assertThat(report.compilingShare()).isBetween(0.33, 0.34);
    }

    @Test
    void printsFiguresAndNoKey() throws JsonProcessingException {
        Report report = report();
        String markdown = new MarkdownReport(report).text();
        String json = new JsonReport(report).text();

        assertThat(markdown)
                .contains("| parley chat | plain | 20 (10–30) | 4.0 | 4.0 |")
                .contains("| parley chat | plain | 0.50 | 0.50 | 0.50 |");
        assertThat(markdown + json).doesNotContain("sk-parley-secret");
        JsonNode results = new ObjectMapper().readTree(json).path("results");
        assertThat(results).hasSize(9);
        assertThat(results.path(0).path("answers_per_second").asDouble()).isPositive();
    }

    @Test
    void everyTargetBeginsARoundOnce() {
        Plan plan =
                new Plan(
                        List.of(PROVIDER, PORTKEY, CHAT),
                        OPTIONS.saturation(),
                        OPTIONS.steady(),
                        OPTIONS.turns());

        assertThat(List.of(0, 1, 2).stream().map(i -> plan.round(i).getFirst().target()))
                .containsExactlyInAnyOrder(PROVIDER, PORTKEY, CHAT);
        assertThat(plan.round(1)).hasSameElementsAs(plan.round(0)).doesNotHaveDuplicates();
    }

    @Test
    void tellsTheSpreadOfItsRounds() {
        assertThat(Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Spread(1, 2, 3));
        assertThat(Spread.of(List.of(4.0, 1.0)).median()).isEqualTo(2.5);
        assertThat(new Spread(1, 2, 3).text("%.1f")).isEqualTo("2.0 (1.0–3.0)");
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
    }

    @Test
    void refusesOptionsItDoesNotKnow() {
        assertThatIllegalArgumentException().isThrownBy(() -> Options.parse("--round", "3"));
        assertThatIllegalArgumentException().isThrownBy(() -> Options.parse("--rounds"));
        assertThatIllegalArgumentException().isThrownBy(() -> Options.parse("--rounds", "0"));
        assertThat(Options.parse("--no-portkey").portkey()).isFalse();
        assertThat(Options.parse("--callers", "8").saturation()).isEqualTo(new Load.Closed(8));
    }

    /** Portkey answers twice as often as the chat; the chat takes 3 ms longer than the provider. */
    private static Report report() {
        List<Result> results = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            results.add(result(PROVIDER, round, 40 * (round + 1), 1));
            results.add(result(PORTKEY, round, 20 * (round + 1), 2));
            results.add(result(CHAT, round, 10 * (round + 1), 4));
        }
        return new Report(
                OPTIONS,
                List.of("gateway"),
                results,
                Map.of(),
                Map.of("gateway", 2_048L),
                Map.of());
    }

    private static Result result(Target target, int round, int answers, int millis) {
        Observations seen = new Observations(Duration.ofSeconds(1));
        for (int i = 0; i < answers; i++) {
            seen.measured(millis * 1_000_000L, 0, 0, Optional.empty());
        }
        return new Result(
                new Phase(target, false, OPTIONS.saturation()),
                round,
                seen,
                Map.of("gateway", answers * 3L),
                answers,
                0,
                1,
                0);
    }
}
