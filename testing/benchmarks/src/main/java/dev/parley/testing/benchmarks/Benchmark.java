package dev.parley.testing.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command: loads a running stack and its peer, prints a report and writes it as JSON. */
public final class Benchmark {
    private Benchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(Options.USAGE);
            System.exit(2);
            return;
        }
        System.exit(run(options) ? 0 : 1);
    }

    /** Says whether every answer was whole. */
    private static boolean run(Options options) throws IOException, InterruptedException {
        Optional<Stack> stack =
                options.provider().isPresent()
                        ? Optional.empty()
                        : Optional.of(Stack.read(options.stack()));
        URI provider = options.provider().orElseGet(() -> stack.orElseThrow().provider());
        Simulator simulator = new Simulator(provider);
        simulator.answerAtOnce(options.tokens());

        Processes processes = new Processes(Processes.PROC);
        processes.add("load generator", ProcessHandle.current().pid());
        List<Target> targets = new ArrayList<>();
        targets.add(Target.provider(provider));
        Optional<Portkey> portkey = startPortkey(options);
        try (AutoCloseable closing = () -> portkey.ifPresent(Portkey::close)) {
            portkey.ifPresent(peer -> targets.add(Target.portkey(peer.uri(), provider)));
            portkey.ifPresent(peer -> processes.add("portkey", peer.pid()));
            stack.ifPresent(
                    parley -> {
                        for (Door door : Door.values()) {
                            targets.add(Target.parley(door, parley.base(), parley.apiKey()));
                        }
                    });
            name(processes, provider, stack);
            Profiler profiler = profiler(options, stack);
            Report report = measure(options, targets, processes, profiler, simulator);
            System.out.println(new MarkdownReport(report).text() + profiler.stop());
            Files.createDirectories(options.output().toAbsolutePath().getParent());
            Files.writeString(options.output(), new JsonReport(report).text());
            System.err.println("written: " + options.output());
            return report.errors() == 0;
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Portkey> startPortkey(Options options)
            throws IOException, InterruptedException {
        if (!options.portkey()) {
            System.err.println("Portkey: left out, as asked");
            return Optional.empty();
        }
        try {
            return Optional.of(Portkey.start(options.work().resolve("portkey")));
        } catch (Portkey.Unavailable e) {
            System.err.println("Portkey: left out, " + e.getMessage());
            return Optional.empty();
        }
    }

    private static void name(Processes processes, URI provider, Optional<Stack> stack) {
        ListeningSockets sockets = new ListeningSockets(Processes.PROC);
        processes.add("simulated provider", sockets.ownerOf(provider.getPort()));
        if (stack.isEmpty()) {
            return;
        }
        Stack parley = stack.get();
        processes.add("edge", sockets.ownerOf(parley.base().getPort()));
        for (Stack.Service service : parley.services()) {
            processes.add(service.name(), service.pid());
        }
        parley.postgresPort().ifPresent(port -> processes.add("postgresql", sockets.ownerOf(port)));
        parley.kafkaPort().ifPresent(port -> processes.add("kafka", sockets.ownerOf(port)));
    }

    /** Of nothing, unless asked for. */
    private static Profiler profiler(Options options, Optional<Stack> stack) {
        Map<String, Long> profiled = new LinkedHashMap<>();
        if (options.profile() && stack.isPresent()) {
            ListeningSockets sockets = new ListeningSockets(Processes.PROC);
            sockets.ownerOf(stack.get().base().getPort())
                    .ifPresent(pid -> profiled.put("edge", pid));
            stack.get()
                    .services()
                    .forEach(service -> profiled.putIfAbsent(service.name(), service.pid()));
        }
        return new Profiler(options.work().resolve("profiles"), profiled);
    }

    private static Report measure(
            Options options,
            List<Target> targets,
            Processes processes,
            Profiler profiler,
            Simulator simulator)
            throws IOException, InterruptedException {
        Plan plan = new Plan(targets, options.saturation(), options.steady(), options.turns());
        try (LoadGenerator generator = new LoadGenerator(options.tokens())) {
            Runner runner = new Runner(generator, processes, options);
            runner.warmUp(plan);
            profiler.start();
            Map<String, Long> before = processes.memoryKib();
            Map<String, Double> idle = runner.idle();
            List<Result> results = new ArrayList<>();
            for (int round = 0; round < options.rounds(); round++) {
                simulator.answerAtOnce(options.tokens());
                for (Phase phase : plan.round(round)) {
                    results.add(runner.run(phase, round));
                }
            }
            return new Report(
                    options, processes.names(), results, idle, before, processes.memoryKib());
        }
    }
}
