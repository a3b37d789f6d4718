package dev.parley.local.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A single Kafka node in a JVM of its own, whose topics in {@code settings.folder()} outlive it. It
 * ends with the JVM that started it. Every statement about it is read from the folder, so two
 * objects on one folder agree.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final Settings settings;

    /**
     * Where it stands and how its JVM is started.
     *
     * @param folder holds the topics and the broker's log
     * @param jvmOptions heap, collector and the like
     */
    public record Settings(Path folder, int port, int controllerPort, List<String> jvmOptions) {
        public static final List<String> SMALL_JVM =
                List.of("-Xms96m", "-Xmx256m", "-XX:+UseSerialGC", "-Xss512k");

        public Settings {
            folder = folder.toAbsolutePath().normalize();
            jvmOptions = List.copyOf(jvmOptions);
        }

        Path log() {
            return folder.resolve("kafka.log");
        }

        Path ready() {
            return folder.resolve(BrokerProcess.READY_FILE);
        }
    }

    public EmbeddedBroker(Settings settings) {
        this.settings = settings;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + settings.port();
    }

    public Path log() {
        return settings.log();
    }

    /** Starts the broker and returns when it takes requests. */
    public Process start() {
        try {
            Process process = launch();
            awaitReady(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the broker and returns at once. */
    public Process launch() throws IOException {
        Folders.createPrivate(settings.folder());
        process().ifPresent(EmbeddedBroker::end);
        Files.deleteIfExists(settings.ready());
        return new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(settings.log().toFile()))
                .start();
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(settings.jvmOptions());
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        settings.folder().toString(),
                        String.valueOf(settings.port()),
                        String.valueOf(settings.controllerPort())));
        return command;
    }

    private void awaitReady(Process process) throws IOException {
        long end = System.nanoTime() + START_PATIENCE.toNanos();
        while (!ready()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IOException(
                        "Kafka does not start on port "
                                + settings.port()
                                + ":\n"
                                + Logs.lastLines(settings.log(), 12));
            }
            try {
                process.waitFor(20, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while Kafka started", e);
            }
        }
    }

    public boolean ready() {
        return process().isPresent();
    }

    /** Stops in good order; nothing happens if it does not run. */
    public void stop() {
        process().ifPresent(EmbeddedBroker::end);
    }

    /** What {@code kill -9} does. */
    public void kill() {
        process()
                .ifPresent(
                        broker -> {
                            broker.destroyForcibly();
                            awaitEnd(broker);
                        });
    }

    @Override
    public void close() {
        stop();
    }

    private static void end(ProcessHandle broker) {
        broker.destroy();
        if (!awaitEnd(broker)) {
            broker.destroyForcibly();
            awaitEnd(broker);
        }
    }

    private static boolean awaitEnd(ProcessHandle process) {
        return process.onExit()
                .handle((ended, failure) -> true)
                .completeOnTimeout(false, STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** The broker's own process, if a ready one runs on this folder, whoever started it. */
    public Optional<ProcessHandle> process() {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(settings.ready()).strip()))
                    .filter(ProcessHandle::isAlive)
                    .filter(it -> it.info().command().map(c -> c.endsWith("java")).orElse(true));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
