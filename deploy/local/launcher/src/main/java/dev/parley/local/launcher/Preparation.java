package dev.parley.local.launcher;

import dev.parley.local.embedded.DatabaseServer;
import dev.parley.local.embedded.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * What is done once after a build: a stack is started and used for a moment, in a folder and on
 * ports of its own, so that its JVMs leave ahead-of-time caches from which later ones start.
 */
final class Preparation {
    private final StackOptions options;
    private final StackFolder folder;
    private final Launches launches;

    private Preparation(StackOptions options) {
        this.options = options;
        this.folder = new StackFolder(options.folder());
        this.launches = new Launches(options, folder, Ports.of(options), Launches.Caches.MAKE);
    }

    /**
     * Does nothing if all is prepared; what fails only makes starts slower, is tried once more and
     * then told each time until the next build.
     */
    static void run(StackOptions defaults, Progress progress) {
        Preparation preparation =
                new Preparation(
                        defaults.apart(defaults.repository().resolve("target/preparation"))
                                .withoutRestart());
        List<Launches.Cached> missing =
                preparation.isPossible() ? preparation.missing() : List.of();
        if (missing.isEmpty()) {
            return;
        }
        if (missing.stream().noneMatch(Launches.Cached::isWorthATry)) {
            progress.say(
                    "Slow to start, for the preparation failed twice: "
                            + preparation.named(missing)
                            + "; it is tried again after the next build.");
            return;
        }
        try {
            preparation.folder.create();
            Optional<StackFolder.Claim> claim = preparation.folder.claim();
            if (claim.isEmpty()) {
                progress.say("Starts are slow until another ./parley has prepared them.");
                return;
            }
            try (StackFolder.Claim _ = claim.get()) {
                preparation.prepare(missing, progress);
            }
            if (preparation.missing().isEmpty()) {
                Folders.delete(preparation.folder.path());
            }
        } catch (IOException | UncheckedIOException | StackFailure e) {
            progress.say("Starts stay slow, for the preparation failed: " + e.getMessage());
        }
    }

    /** A database of someone else's is not there to be practised on. */
    private boolean isPossible() {
        return DatabaseServer.ofEnvironment().isEmpty()
                && launches.caches().stream().allMatch(it -> it.cache().canBeMade());
    }

    private List<Launches.Cached> missing() {
        return launches.caches().stream().filter(it -> !it.isMade()).toList();
    }

    private String named(List<Launches.Cached> caches) {
        return caches.stream().map(Launches.Cached::program).collect(Collectors.joining(", "))
                + " (logs in "
                + folder.logs()
                + ")";
    }

    private void prepare(List<Launches.Cached> missing, Progress progress) throws IOException {
        Instant begun = Instant.now();
        progress.say(
                "Preparing quick starts (some minutes, once after a build; --no-prepare goes"
                        + " without) …");
        practise(missing);
        List<Launches.Cached> failed = settle(missing);
        String length = Progress.seconds(Duration.between(begun, Instant.now()));
        progress.say(
                failed.isEmpty()
                        ? "Prepared in " + length + "."
                        : "Prepared in " + length + ", but nothing came of " + named(failed) + ".");
    }

    private void practise(List<Launches.Cached> missing) throws IOException {
        Folders.delete(folder.postgres());
        Folders.delete(folder.kafka());
        for (Launches.Cached cached : missing) {
            cached.cache().forgetDraft();
        }
        StackParts parts =
                new StackParts(
                        options,
                        folder,
                        ModelProvider.simulated(Ports.of(options).provider()),
                        Launches.Caches.MAKE);
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread interruption =
                Thread.ofPlatform()
                        .unstarted(
                                () -> {
                                    interrupted.set(true);
                                    parts.abandon();
                                });
        Runtime.getRuntime().addShutdownHook(interruption);
        try {
            parts.start(Progress.silent());
            new Practice(DemoAccount.prepare(parts.origin(), parts.secrets(), folder)).run();
        } catch (IOException | RuntimeException e) {
            parts.abandon();
            if (!interrupted.get()) {
                for (Launches.Cached cached : missing) {
                    cached.miss();
                }
            }
            throw e;
        } finally {
            parts.stop();
            if (interrupted.get()) {
                awaitTheEnd();
            }
            Runtime.getRuntime().removeShutdownHook(interruption);
        }
    }

    /** This JVM is going: what it has not begun yet must not begin. */
    private static void awaitTheEnd() {
        while (true) {
            LockSupport.park();
        }
    }

    /** Keeps what the programs have left; the answer is those that have left nothing of use. */
    static List<Launches.Cached> settle(List<Launches.Cached> missing) throws IOException {
        List<Launches.Cached> failed = new ArrayList<>();
        for (Launches.Cached cached : missing) {
            if (!cached.settle()) {
                failed.add(cached);
            }
        }
        return List.copyOf(failed);
    }
}
