package dev.parley.testing.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.HdrHistogram.Histogram;

/** The report as programs read it: every round of every phase, times in milliseconds. */
final class JsonReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Report report;

    JsonReport(Report report) {
        this.report = report;
    }

    String text() {
        ObjectNode json = JSON.createObjectNode();
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.put("java", Runtime.version().toString());
        json.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        json.put("rounds", report.options().rounds());
        json.put("seconds_per_phase", report.options().measured().toSeconds());
        json.put("tokens", report.options().tokens());
        json.put("cpu_share_of_others", report.othersShare());
        json.put("cpu_share_of_compilers", report.compilingShare());
        ObjectNode processes = json.putObject("processes");
        for (String name : report.processes()) {
            processes
                    .putObject(name)
                    .put("kib_before", report.memoryBefore().getOrDefault(name, 0L))
                    .put("kib_after", report.memoryAfter().getOrDefault(name, 0L))
                    .put("idle_cpu_ms_per_second", report.idleMillis().getOrDefault(name, 0.0));
        }
        var results = json.putArray("results");
        report.results().forEach(result -> write(results.addObject(), result));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(ObjectNode json, Result result) {
        Observations seen = result.observations();
        json.put("target", result.phase().target().name());
        json.put("answers", result.phase().answers());
        json.put("load", result.phase().load().label());
        json.put("round", result.round() + 1);
        json.put("calls", seen.calls());
        json.put("measured_answers", seen.answers());
        json.put("answers_per_second", seen.answersPerSecond());
        json.put("errors", seen.errors());
        ObjectNode faults = json.putObject("faults");
        seen.faults().forEach(faults::put);
        write(json.putObject("latency"), seen.latency());
        if (result.phase().stream()) {
            write(json.putObject("first_text"), seen.firstText());
            json.put("chunks_per_stream", seen.chunksPerStream());
        }
        json.put("quiet_after_seconds", result.quietAfterSeconds());
        json.put("other_cpu_ms", result.otherCpuMillis());
        ObjectNode cpu = json.putObject("cpu_ms_per_call");
        report.processes().forEach(name -> cpu.put(name, result.cpuMillisPerCall(name)));
    }

    private static void write(ObjectNode json, Histogram histogram) {
        json.put("p50", histogram.getValueAtPercentile(50) / 1_000.0);
        json.put("p90", histogram.getValueAtPercentile(90) / 1_000.0);
        json.put("p99", histogram.getValueAtPercentile(99) / 1_000.0);
        json.put("max", histogram.getMaxValue() / 1_000.0);
        json.put("mean", histogram.getMean() / 1_000.0);
    }
}
