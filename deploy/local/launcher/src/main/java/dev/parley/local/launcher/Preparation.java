package dev.parley.local.launcher;

import dev.parley.local.embedded.DatabaseServer;
import dev.parley.local.embedded.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

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

    /** Does nothing if all is prepared; what fails only makes starts slower. */
    static void run(StackOptions defaults, Progress progress) {
        Preparation preparation =
                new Preparation(
                        defaults.apart(defaults.repository().resolve("target/preparation"))
                                .withoutRestart());
        if (!preparation.isNeeded()) {
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
                preparation.prepare(progress);
            }
            Folders.delete(preparation.folder.path());
        } catch (IOException | UncheckedIOException | StackFailure e) {
            progress.say("Starts stay slow, for the preparation failed: " + e.getMessage());
        }
    }

    private void prepare(Progress progress) throws IOException {
        Instant begun = Instant.now();
        progress.say(
                "Preparing quick starts (some minutes, once after a build; --no-prepare goes"
                        + " without) …");
        practise();
        progress.say(
                "Prepared in " + Progress.seconds(Duration.between(begun, Instant.now())) + ".");
    }

    /** A database of someone else's is not there to be practised on. */
    private boolean isNeeded() {
        List<Launches.Cached> caches = launches.caches();
        return DatabaseServer.ofEnvironment().isEmpty()
                && caches.stream().allMatch(it -> it.cache().canBeMade())
                && caches.stream().anyMatch(it -> !it.isSettled());
    }

    private void practise() throws IOException {
        Folders.delete(folder.postgres());
        Folders.delete(folder.kafka());
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
            throw e;
        } finally {
            parts.stop();
            if (!interrupted.get()) {
                settle();
                Runtime.getRuntime().removeShutdownHook(interruption);
            }
        }
    }

    /** A program that has left no cache has none until it is built again. */
    private void settle() throws IOException {
        for (Launches.Cached cached : launches.caches()) {
            cached.settle();
        }
    }
}
