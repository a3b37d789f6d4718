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
import java.util.function.BooleanSupplier;

/**
 * A PostgreSQL server of our own, whose data in {@code settings.folder()} outlives it: it can be
 * stopped, killed and started again, and a server left running by a launcher that died is taken
 * over. Every statement about it is read from the folder, so two objects on one folder agree.
 */
public final class EmbeddedDatabase implements DatabaseServer {
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final String SUPERUSER = "postgres";

    private final Settings settings;

    /**
     * Where it stands and who may enter.
     *
     * @param folder holds the data and the server's log
     * @param durable false trades safety against a crash of the machine for speed, for tests
     */
    public record Settings(Path folder, int port, String password, boolean durable) {
        public Settings {
            folder = folder.toAbsolutePath().normalize();
            if (password.isEmpty()) {
                throw new IllegalArgumentException("the superuser's password is empty");
            }
        }

        Path data() {
            return folder.resolve("data");
        }

        Path log() {
            return folder.resolve("postgres.log");
        }
    }

    public EmbeddedDatabase(Settings settings) {
        this.settings = settings;
    }

    /** Starts the server and returns when it takes connections. */
    public EmbeddedDatabase start() {
        PostgresBinaries binaries = PostgresBinaries.find();
        Unprivileged identity = Unprivileged.ofThisProcess();
        try {
            prepare(binaries, identity);
            clearWhatDied();
            startServer(binaries, identity);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends all sessions and stops in good order; nothing happens if it does not run. */
    public void stop() {
        process()
                .ifPresent(
                        server -> {
                            signal(server, "INT");
                            if (!within(STOP_PATIENCE, () -> process().isEmpty())) {
                                kill();
                            }
                            within(STOP_PATIENCE, () -> !isPostgres(server));
                        });
    }

    /** What {@code kill -9} does: no good-bye to anyone, recovery at the next start. */
    public void kill() {
        process()
                .ifPresent(
                        server -> {
                            List<ProcessHandle> sessions = server.children().toList();
                            server.destroyForcibly();
                            within(
                                    STOP_PATIENCE,
                                    () ->
                                            !isPostgres(server)
                                                    && sessions.stream()
                                                            .noneMatch(
                                                                    EmbeddedDatabase::isPostgres));
                        });
    }

    public boolean running() {
        return process().isPresent();
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + settings.port() + "/" + database;
    }

    @Override
    public String user() {
        return SUPERUSER;
    }

    @Override
    public String password() {
        return settings.password();
    }

    /** The server's own process, if one runs on this folder, whoever started it. */
    public Optional<ProcessHandle> process() {
        return recordedPid().flatMap(ProcessHandle::of).filter(EmbeddedDatabase::isPostgres);
    }

    /**
     * A number in a file left by a killed server may long belong to some other program, and where
     * nobody reaps orphans a dead server stays as a process without a command.
     */
    private static boolean isPostgres(ProcessHandle process) {
        return process.isAlive()
                && process.info().command().filter(it -> it.endsWith("postgres")).isPresent();
    }

    private Optional<Long> recordedPid() {
        try (var lines = Files.lines(settings.data().resolve("postmaster.pid"))) {
            return lines.findFirst().map(String::strip).map(Long::valueOf);
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void prepare(PostgresBinaries binaries, Unprivileged identity) throws IOException {
        Folders.createPrivate(settings.folder());
        if (Files.exists(settings.data().resolve("PG_VERSION"))) {
            identity.handOver(settings.folder());
            return;
        }
        Path password = settings.folder().resolve("superuser.password");
        Files.writeString(password, settings.password());
        identity.handOver(settings.folder());
        try {
            List<String> initdb =
                    new ArrayList<>(
                            List.of(
                                    binaries.program("initdb"),
                                    "--pgdata=" + settings.data(),
                                    "--username=" + SUPERUSER,
                                    "--pwfile=" + password,
                                    "--auth=scram-sha-256",
                                    "--encoding=UTF8",
                                    "--no-instructions",
                                    "--no-sync"));
            initdb.addAll(binaries.localeOptions());
            Program.mustRun(identity.command(initdb), START_PATIENCE);
        } finally {
            Files.deleteIfExists(password);
        }
    }

    private void clearWhatDied() throws IOException {
        if (running()) {
            stop();
        } else if (recordedPid().flatMap(ProcessHandle::of).isPresent()) {
            Files.deleteIfExists(settings.data().resolve("postmaster.pid"));
        }
    }

    private void startServer(PostgresBinaries binaries, Unprivileged identity) throws IOException {
        List<String> command =
                identity.command(
                        List.of(
                                binaries.program("pg_ctl"),
                                "start",
                                "--pgdata=" + settings.data(),
                                "--log=" + settings.log(),
                                "--wait",
                                "--timeout=" + START_PATIENCE.toSeconds(),
                                "--options=" + String.join(" ", options())));
        // pg_ctl's output must not be a pipe: the server would inherit it and keep it open.
        ProcessBuilder starter =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        boolean settled = within(START_PATIENCE, () -> run(starter) || !sessionsLinger());
        if (!settled || !running()) {
            throw new IOException(
                    "PostgreSQL does not start on port "
                            + settings.port()
                            + ":\n"
                            + Logs.lastLines(settings.log(), 12));
        }
    }

    /** Sessions of a server that was killed may need a moment to notice, and block the next. */
    private boolean sessionsLinger() {
        return Logs.lastLines(settings.log(), 4).contains("pre-existing shared memory block");
    }

    private static boolean run(ProcessBuilder builder) {
        try {
            return builder.start().waitFor() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL started", e);
        }
    }

    private List<String> options() {
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "-p " + settings.port(),
                                "-c listen_addresses=127.0.0.1",
                                "-c unix_socket_directories=",
                                "-c timezone=UTC",
                                "-c max_connections=300",
                                "-c shared_buffers=64MB",
                                "-c log_min_messages=warning"));
        if (!settings.durable()) {
            options.add("-c fsync=off -c synchronous_commit=off -c full_page_writes=off");
        }
        return options;
    }

    private static void signal(ProcessHandle process, String name) {
        Program.run(List.of("kill", "-" + name, String.valueOf(process.pid())), STOP_PATIENCE);
    }

    private static boolean within(Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                Thread.sleep(Duration.ofMillis(20));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
