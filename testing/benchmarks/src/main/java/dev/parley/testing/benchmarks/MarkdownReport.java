package dev.parley.testing.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** The report as people read it. */
final class MarkdownReport {
    private static final String PROVIDER = "provider";
    private static final String PORTKEY = "portkey";

    private final Report report;
    private final StringBuilder text = new StringBuilder();

    MarkdownReport(Report report) {
        this.report = report;
    }

    String text() {
        Options options = report.options();
        head(options);
        saturation(options.saturation());
        steady(options.steady());
        steady(options.turns());
        ratios(options.saturation());
        for (Load load : List.of(options.saturation(), options.steady(), options.turns())) {
            cpu(load);
        }
        memory();
        faults();
        return text.toString();
    }

    private void head(Options options) {
        line("# Parley: benchmark");
        line("");
        line(
                String.format(
                        Locale.ROOT,
                        "%d processors, Java %s; %d rounds, %d s measured per phase (%d s for %s); the"
                                + " provider answers at once with %d tokens; latency in ms; a range is"
                                + " the lowest and highest round. Processes outside the benchmark took"
                                + " %.0f %% of the busy CPU time; JIT compilers took %.0f %% of"
                                + " that of the processes below.",
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version(),
                        options.rounds(),
                        options.measured().toSeconds(),
                        options.measured().toSeconds() * 2,
                        options.turns().label(),
                        options.tokens(),
                        report.othersShare() * 100,
                        report.compilingShare() * 100));
    }

    private void saturation(Load load) {
        section("Closed loop: " + load.label());
        line("| target | answers | answers/s | p50 | p99 | chunks per stream | errors |");
        line("|---|---|--:|--:|--:|--:|--:|");
        for (Phase phase : report.phases(load)) {
            Histogram latency = report.latency(phase);
            line(
                    String.format(
                            Locale.ROOT,
                            "| %s | %s | %s | %s | %s | %s | %d |",
                            phase.target().name(),
                            phase.answers(),
                            report.spread(phase, Observations::answersPerSecond).text("%.0f"),
                            millis(latency, 50),
                            millis(latency, 99),
                            chunks(phase),
                            report.errors(phase)));
        }
    }

    private void steady(Load load) {
        section("Open loop: " + load.label() + ", latency from when a call was due");
        line(
                "| target | answers | p50 | p99 | first text p50 | p99 | added p50 | added p99 |"
                        + " chunks per stream | errors |");
        line("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (Phase phase : report.phases(load)) {
            Histogram latency = report.latency(phase);
            Histogram first = report.firstText(phase);
            line(
                    String.format(
                            Locale.ROOT,
                            "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %d |",
                            phase.target().name(),
                            phase.answers(),
                            millis(latency, 50),
                            millis(latency, 99),
                            phase.stream() ? millis(first, 50) : "",
                            phase.stream() ? millis(first, 99) : "",
                            added(phase, 50),
                            added(phase, 99),
                            chunks(phase),
                            report.errors(phase)));
        }
    }

    private String added(Phase phase, double percentile) {
        if (phase.target().name().equals(PROVIDER)) {
            return "";
        }
        return report.counterpart(phase, PROVIDER)
                .map(base -> report.added(phase, base, percentile).text("%.1f"))
                .orElse("");
    }

    private void ratios(Load saturation) {
        List<Phase> compared =
                report.phases(saturation).stream()
                        .filter(phase -> !phase.target().name().equals(PROVIDER))
                        .filter(phase -> !phase.target().name().equals(PORTKEY))
                        .filter(phase -> report.counterpart(phase, PORTKEY).isPresent())
                        .toList();
        if (compared.isEmpty()) {
            return;
        }
        section("Answers a second, as a multiple of Portkey's");
        line("| target | answers | lowest | median | highest |");
        line("|---|---|--:|--:|--:|");
        for (Phase phase : compared) {
            Optional<Phase> peer = report.counterpart(phase, PORTKEY);
            Spread ratio = report.ratio(phase, peer.orElseThrow());
            line(
                    String.format(
                            Locale.ROOT,
                            "| %s | %s | %.2f | %.2f | %.2f |",
                            phase.target().name(),
                            phase.answers(),
                            ratio.min(),
                            ratio.median(),
                            ratio.max()));
        }
    }

    private void cpu(Load load) {
        List<Phase> phases = report.phases(load);
        section("CPU milliseconds per call: " + load.label());
        StringBuilder names = new StringBuilder("| process |");
        StringBuilder rule = new StringBuilder("|---|");
        for (Phase phase : phases) {
            names.append(' ').append(phase.target().name()).append(", ").append(phase.answers());
            names.append(" |");
            rule.append("--:|");
        }
        line(names.toString());
        line(rule.toString());
        for (String process : report.processes()) {
            StringBuilder row = new StringBuilder("| ").append(process).append(" |");
            for (Phase phase : phases) {
                row.append(number(" %.2f |", report.cpuMillisPerCall(phase, process)));
            }
            line(row.toString());
        }
        StringBuilder total = new StringBuilder("| **all but the load generator** |");
        for (Phase phase : phases) {
            double sum =
                    report.processes().stream()
                            .filter(process -> !process.equals("load generator"))
                            .mapToDouble(process -> report.cpuMillisPerCall(phase, process))
                            .sum();
            total.append(number(" **%.2f** |", sum));
        }
        line(total.toString());
    }

    private void memory() {
        section("Memory and idle CPU");
        line("| process | MiB before | MiB after | CPU ms in an idle second |");
        line("|---|--:|--:|--:|");
        for (String process : report.processes()) {
            line(
                    String.format(
                            Locale.ROOT,
                            "| %s | %d | %d | %.0f |",
                            process,
                            report.memoryBefore().getOrDefault(process, 0L) / 1_024,
                            report.memoryAfter().getOrDefault(process, 0L) / 1_024,
                            report.idleMillis().getOrDefault(process, 0.0)));
        }
    }

    private void faults() {
        List<Result> faulty =
                report.results().stream()
                        .filter(result -> result.observations().errors() > 0)
                        .toList();
        if (faulty.isEmpty()) {
            return;
        }
        section("Errors");
        for (Result result : faulty) {
            line(
                    String.format(
                            Locale.ROOT,
                            "- round %d, %s, %s, %s: %s",
                            result.round() + 1,
                            result.phase().target().name(),
                            result.phase().answers(),
                            result.phase().load().label(),
                            result.observations().faults()));
        }
    }

    private String chunks(Phase phase) {
        return phase.stream()
                ? number("%.1f", report.spread(phase, Observations::chunksPerStream).median())
                : "";
    }

    private static String millis(Histogram histogram, double percentile) {
        return histogram.getTotalCount() == 0
                ? "–"
                : number("%.1f", histogram.getValueAtPercentile(percentile) / 1_000.0);
    }

    private void section(String title) {
        line("");
        line("## " + title);
        line("");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
