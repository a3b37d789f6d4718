package dev.parley.local.launcher;

import dev.parley.local.embedded.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What {@code ./parley} hands over to: one command, an exit code. */
public final class Parley {
    private static final int FAILED = 1;
    private static final int MISUNDERSTOOD = 2;

    /** Of a check: codes that no other end of a JVM has. */
    private static final int RUNS_ALREADY = 3;

    private static final int CANNOT_START = 4;

    private final StackOptions defaults;
    private final StackFolder folder;

    private Parley(Path repository) {
        this.defaults = StackOptions.of(repository);
        this.folder = new StackFolder(defaults.folder());
    }

    public static void main(String[] words) {
        Path repository =
                Path.of(Optional.ofNullable(System.getenv("PARLEY_REPOSITORY")).orElse("."));
        int exitCode;
        try {
            new QuietLogging();
            exitCode = new Parley(repository).run(CommandLine.parse(List.of(words)));
        } catch (StackFailure | UncheckedIOException e) {
            System.err.println(e.getMessage());
            exitCode = FAILED;
        } catch (IOException e) {
            System.err.println(e);
            exitCode = FAILED;
        }
        System.exit(exitCode);
    }

    private int run(Command command) throws IOException {
        return switch (command) {
            case Command.Up up -> up(up);
            case Command.Check check -> check(check.options());
            case Command.Down down -> down();
            case Command.Status status -> new StatusReport(folder).print(System.out);
            case Command.Logs logs -> new LogView(folder).print(logs, System.out);
            case Command.Reset reset -> reset();
            case Command.Kill kill -> kill(kill.process(), kill.replica());
            case Command.Help help -> {
                System.out.print(CommandLine.HELP);
                yield 0;
            }
            case Command.Misunderstood misunderstood -> {
                System.err.println(misunderstood.why() + "\n\n" + CommandLine.HELP);
                yield MISUNDERSTOOD;
            }
        };
    }

    private int up(Command.Up up) throws IOException {
        StackOptions options = options(up.options());
        Optional<ProcessHandle> running = folder.launcher();
        if (running.isPresent()) {
            return new StatusReport(folder).alreadyRunning(running.get(), System.out);
        }
        LocalStack.check(options);
        if (up.prepare()) {
            Preparation.run(defaults, Progress.to(System.out));
        }
        if (up.detach()) {
            return new Background(folder).start(options, System.out);
        }
        LocalStack stack = LocalStack.start(options, Progress.to(System.out));
        System.out.println(Summary.of(stack));
        System.out.println(Background.READY);
        // Ctrl-C or SIGTERM ends this process, and with it, by its shutdown hook, the stack.
        while (true) {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                stack.close();
                return 0;
            }
        }
    }

    private StackOptions options(Command.Options wanted) {
        return new StackOptions(
                defaults.repository(),
                defaults.folder(),
                wanted.port(),
                wanted.basePort(),
                wanted.replicas(),
                wanted.provider(),
                wanted.restart(),
                defaults.settings());
    }

    private int check(Command.Options wanted) throws IOException {
        Optional<ProcessHandle> running = folder.launcher();
        if (running.isPresent()) {
            new StatusReport(folder).alreadyRunning(running.get(), System.out);
            return RUNS_ALREADY;
        }
        try {
            LocalStack.check(options(wanted));
            return 0;
        } catch (StackFailure e) {
            System.err.println(e.getMessage());
            return CANNOT_START;
        }
    }

    private int down() throws IOException {
        Optional<ProcessHandle> launcher = folder.launcher();
        if (launcher.isEmpty()) {
            Guard.endLeftovers(folder);
            System.out.println("Nothing runs.");
            return 0;
        }
        System.out.println("Stopping …");
        launcher.get().destroy();
        launcher.get().onExit().join();
        System.out.println("Stopped. The data stays in " + folder.path() + ".");
        return 0;
    }

    private int reset() throws IOException {
        if (folder.launcher().isPresent()) {
            down();
        }
        Guard.endLeftovers(folder);
        Folders.delete(folder.path());
        System.out.println("Deleted " + folder.path() + ".");
        return 0;
    }

    private int kill(String name, OptionalInt replica) throws IOException {
        if (folder.launcher().isEmpty()) {
            throw new StackFailure("Nothing runs.");
        }
        StackDescription description =
                StackDescription.read(folder.description())
                        .orElseThrow(
                                () ->
                                        new StackFailure(
                                                "Parley is being started; kill "
                                                        + name
                                                        + " when it is up."));
        long pid = pidOf(description, name, replica.orElse(1));
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(it -> pid > 0);
        if (process.isEmpty()) {
            throw new StackFailure(name + " does not run.");
        }
        process.get().destroyForcibly();
        System.out.println("Killed " + name + " (process " + pid + ").");
        return 0;
    }

    private static long pidOf(StackDescription description, String name, int replica) {
        Optional<Service> service = Service.named(name);
        if (service.isPresent()) {
            List<StackDescription.Replica> replicas =
                    description.services().getOrDefault(service.get().folder(), List.of());
            if (replica > replicas.size()) {
                throw new StackFailure(name + " has replicas 1 to " + replicas.size() + ".");
            }
            return replicas.get(replica - 1).pid();
        }
        Long pid = description.processes().get(name);
        if (pid == null || name.equals("launcher")) {
            throw new StackFailure("No process is called " + name + ".");
        }
        return pid;
    }
}
