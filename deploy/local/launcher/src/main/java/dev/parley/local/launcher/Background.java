package dev.parley.local.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A launcher that goes on when its terminal is closed. */
record Background(StackFolder folder) {
    /** The last line of a start that worked. */
    static final String READY = "Stop it with Ctrl-C or ./parley down.";

    private static final String LAUNCHER = "launcher";

    /**
     * Out of the reach of the terminal's signals, in a session of its own where that can be had.
     */
    private static final String DETACHED =
            """
            trap '' INT HUP
            if command -v setsid >/dev/null 2>&1; then exec setsid "$@"; else exec "$@"; fi
            """;

    /** Starts the launcher anew and tells what it says until the stack is ready or is not to be. */
    int start(StackOptions options, PrintStream out) throws IOException {
        folder.create();
        folder.startLog(LAUNCHER);
        Path log = folder.log(LAUNCHER);
        Process launcher =
                new ProcessBuilder(command(options))
                        .directory(options.repository().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        launcher.getOutputStream().close();
        Thread abandon = Thread.ofPlatform().unstarted(launcher::destroy);
        Runtime.getRuntime().addShutdownHook(abandon);
        boolean ready = follow(launcher, log, out);
        Runtime.getRuntime().removeShutdownHook(abandon);
        return ready ? 0 : 1;
    }

    private static List<String> command(StackOptions options) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", DETACHED, "parley"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parley.class.getName(),
                        "up"));
        command.addAll(List.of("--port", String.valueOf(options.port())));
        command.addAll(List.of("--base-port", String.valueOf(options.basePort())));
        command.addAll(List.of("--replicas", String.valueOf(options.replicas())));
        switch (options.provider()) {
            case OLLAMA -> command.addAll(List.of("--provider", "ollama"));
            case SIMULATED -> command.addAll(List.of("--provider", "simulated"));
            case WHICH_ANSWERS -> {}
        }
        command.add("--no-prepare");
        if (!options.restart()) {
            command.add("--no-restart");
        }
        return command;
    }

    private static boolean follow(Process launcher, Path log, PrintStream out) throws IOException {
        long told = 0;
        while (true) {
            boolean alive = launcher.isAlive();
            String news = readFrom(log, told);
            told += news.getBytes(StandardCharsets.UTF_8).length;
            int end = news.indexOf(READY);
            out.print(end < 0 ? news : news.substring(0, end));
            out.flush();
            if (end >= 0) {
                out.println("Stop it with ./parley down.");
                return true;
            }
            if (!alive) {
                return false;
            }
            try {
                Thread.sleep(Duration.ofMillis(100));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /** Whole lines only, so that no character is read in halves. */
    private static String readFrom(Path log, long position) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.max(0, file.length() - position)];
            file.seek(position);
            file.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.substring(0, text.lastIndexOf('\n') + 1);
        }
    }
}
