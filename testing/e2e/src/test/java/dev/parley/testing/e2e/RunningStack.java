package dev.parley.testing.e2e;

import dev.parley.local.launcher.LocalStack;
import dev.parley.local.launcher.Progress;
import dev.parley.local.launcher.StackOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one stack of this JVM: started by the first that asks, stopped after the last.
 *
 * <p>The system property {@code parley.e2e.stack} may name the folder of a stack that runs already,
 * with the simulated provider and restarts, such as one of native images; that one is left running.
 * {@code parley.e2e.replicas} says how many of each service to start.
 */
final class RunningStack implements ParameterResolver {
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
                return new Running(Stack.at(running, Stack.killingByProcessId(running)), () -> {});
            }
            Path own = Path.of("target", "e2e-stack").toAbsolutePath();
            LocalStack local =
                    LocalStack.start(
                            StackOptions.forTests(own)
                                    .withSetting(
                                            StackOptions.COLLECTOR, Collector.running().url())
                                    .withReplicas(Integer.getInteger("parley.e2e.replicas", 1)),
                            Progress.to(System.out));
            return new Running(Stack.at(own, local::kill), local);
        }

        @Override
        public void close() throws Exception {
            owned.close();
        }
    }
}
