package dev.parley.local.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A running stack: PostgreSQL, Kafka, a model provider, the five services and the edge, with a demo
 * account in it. It belongs to the process that started it and ends with {@link #close} or with
 * that process.
 */
public final class LocalStack implements AutoCloseable {
    private final StackFolder folder;
    private final StackFolder.Claim claim;
    private final StackParts parts;
    private final Demo demo;
    private final ModelProvider provider;

    private LocalStack(
            StackFolder folder,
            StackFolder.Claim claim,
            StackParts parts,
            Demo demo,
            ModelProvider provider) {
        this.folder = folder;
        this.claim = claim;
        this.parts = parts;
        this.demo = demo;
        this.provider = provider;
    }

    /**
     * Starts a stack and returns when it is ready.
     *
     * @throws StackFailure if it cannot be had; nothing is left running then
     */
    public static LocalStack start(StackOptions options, Progress progress) {
        StackFolder folder = new StackFolder(options.folder());
        try {
            StackFolder.Claim claim = claim(folder);
            try {
                return start(options, folder, claim, progress);
            } catch (IOException | RuntimeException e) {
                claim.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Says, before the long work that may come before a start, what would stop it at once.
     *
     * @throws StackFailure if a port is taken or the chosen provider is not there
     */
    static void check(StackOptions options) {
        StackFolder folder = new StackFolder(options.folder());
        try (StackFolder.Claim _ = claim(folder)) {
            Guard.endLeftovers(folder);
            StackParts.checkPorts(options, choose(options));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StackFolder.Claim claim(StackFolder folder) throws IOException {
        folder.create();
        return folder.claim()
                .orElseThrow(() -> new StackFailure("a stack runs already in " + folder.path()));
    }

    private static ModelProvider choose(StackOptions options) {
        return ModelProvider.choose(
                options.provider(),
                Optional.ofNullable(System.getenv("OLLAMA_HOST")).orElse(""),
                Ports.of(options).provider());
    }

    private static LocalStack start(
            StackOptions options, StackFolder folder, StackFolder.Claim claim, Progress progress)
            throws IOException {
        Instant begun = Instant.now();
        Guard.endLeftovers(folder);
        ModelProvider provider = choose(options);
        progress.say(saying(provider));
        StackParts parts = new StackParts(options, folder, provider, Launches.Caches.USE);
        parts.check();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(parts::stop));
        try {
            parts.start(progress);
            Demo demo = DemoAccount.prepare(parts.origin(), parts.secrets(), folder);
            parts.announce();
            progress.say(
                    "Ready after "
                            + Progress.seconds(Duration.between(begun, Instant.now()))
                            + ".");
            return new LocalStack(folder, claim, parts, demo, provider);
        } catch (IOException | RuntimeException e) {
            parts.stop();
            throw e;
        }
    }

    private static String saying(ModelProvider provider) {
        return switch (provider.kind()) {
            case OLLAMA -> "Models: the Ollama at " + provider.url();
            case SIMULATED -> "Models: the simulated provider (no Ollama was asked for or answers)";
        };
    }

    /** What runs and where, at this moment. */
    public StackDescription description() {
        return parts.describe();
    }

    public Demo demo() {
        return demo;
    }

    /** The model for examples. */
    public String defaultModel() {
        return provider.defaultModel();
    }

    /**
     * {@code kill -9} of one process; it comes back unless the stack was started without restart.
     *
     * @param name a service, {@code edge}, {@code kafka}, {@code postgres} or {@code
     *     simulated-provider}
     * @param replica from 1
     */
    public void kill(String name, int replica) {
        parts.part(name, replica).kill();
    }

    /** Stops one process in good order; it stays away until {@link #bringBack}. */
    public void takeAway(String name, int replica) {
        parts.part(name, replica).stop();
    }

    /** Starts again what {@link #takeAway} took. */
    public void bringBack(String name, int replica) {
        parts.bringBack(name, replica);
    }

    /** Waits until every service is ready, and seen to be so by the edge. */
    public void awaitReady(Duration patience) {
        parts.awaitReady(patience);
    }

    /** Stops everything and returns when it is gone. */
    @Override
    public void close() {
        parts.stop();
        try {
            claim.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give up " + folder.path(), e);
        }
    }
}
