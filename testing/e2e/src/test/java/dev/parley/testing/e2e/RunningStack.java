package dev.parley.testing.e2e;

import dev.parley.local.launcher.LocalStack;
import dev.parley.local.launcher.Progress;
import dev.parley.local.launcher.StackOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one stack of this JVM, with two replicas of each service: started by the first
 * that asks, stopped after the last.
 *
 * <p>The system property {@code parley.e2e.stack} may name the folder of a stack that runs already,
 * with the simulated provider and restarts, such as one of native images; that one is left running,
 * and what only the owner of a stack can do to it is not tested.
 */
final class RunningStack implements ParameterResolver {
    /**
     * Short, so that a provider that hangs does not hold up the tests for the usual two minutes.
     */
    static final Duration FIRST_TOKEN_TIMEOUT = Duration.ofSeconds(6);

    private static final int REPLICAS = 2;
    private static final Namespace NAMESPACE = Namespace.create(RunningStack.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stack.class;
    }

    @Override
    public Stack resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Running.class, type -> Running.start(), Running.class)
                .stack();
    }

    /** Closed by JUnit with its root context. */
    private record Running(Stack stack, AutoCloseable owned) implements AutoCloseable {
        static Running start() {
            String folder = System.getProperty("parley.e2e.stack", "");
            if (!folder.isEmpty()) {
                Path running = Path.of(folder);
                return new Running(Stack.at(running, new Foreign(running)), () -> {});
            }
            Path own = Path.of("target", "e2e-stack").toAbsolutePath();
            forget(own);
            LocalStack local =
                    LocalStack.start(
                            StackOptions.forTests(own)
                                    .withSetting(StackOptions.COLLECTOR, Collector.running().url())
                                    .withReplicas(REPLICAS)
                                    .withSetting(
                                            "PARLEY_GENERATION_FIRST_TOKEN_TIMEOUT",
                                            FIRST_TOKEN_TIMEOUT.toMillis() + "ms"),
                            Progress.to(System.out));
            return new Running(Stack.at(own, new Own(local)), local);
        }

        /** The provider's account begins anew with each run, and so has the ledger to. */
        private static void forget(Path folder) {
            if (!Files.exists(folder)) {
                return;
            }
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws Exception {
            owned.close();
        }
    }

    /** The processes of a stack that was started here. */
    private record Own(LocalStack stack) implements Stack.Processes {
        @Override
        public void kill(String name, int replica) {
            stack.kill(name, replica);
        }

        @Override
        public void takeAway(String name, int replica) {
            stack.takeAway(name, replica);
        }

        @Override
        public void bringBack(String name, int replica) {
            stack.bringBack(name, replica);
        }

        @Override
        public boolean areOurs() {
            return true;
        }
    }

    /** The processes of someone else's stack, as far as {@code stack.json} tells them. */
    private record Foreign(Path folder) implements Stack.Processes {
        @Override
        public void kill(String name, int replica) {
            try {
                long pid =
                        Answer.parse(Files.readString(folder.resolve("stack.json")))
                                .at("/services")
                                .path(name)
                                .path(replica - 1)
                                .at("/pid")
                                .asLong();
                ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void takeAway(String name, int replica) {
            Assumptions.abort("only its owner takes " + name + " away");
        }

        @Override
        public void bringBack(String name, int replica) {
            Assumptions.abort("only its owner brings " + name + " back");
        }

        @Override
        public boolean areOurs() {
            return false;
        }
    }
}
