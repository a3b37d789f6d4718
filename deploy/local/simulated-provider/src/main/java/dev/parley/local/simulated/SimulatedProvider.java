package dev.parley.local.simulated;

import dev.parley.local.listener.EventLoops;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A provider of two models that are not there, on one port of the loopback address.
 *
 * <p>Faults strike the calls of a model; {@code refuse} and {@code hang} at a rate of 1 also what
 * describes the models, and nothing strikes the simulator's own paths.
 */
public final class SimulatedProvider implements AutoCloseable {
    private static final int EVENT_LOOPS =
            Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);
    private static final Set<String> MODEL_CALLS =
            Set.of(
                    "POST /api/chat",
                    "POST /api/generate",
                    "POST /api/embed",
                    "POST /v1/chat/completions",
                    "POST /v1/embeddings");

    private final EventLoops eventLoops;
    private final int port;

    private SimulatedProvider(EventLoops eventLoops, int port) {
        this.eventLoops = eventLoops;
        this.port = port;
    }

    /**
     * Runs on the port that the first argument or {@code PARLEY_SIMULATED_PROVIDER_PORT} names, as
     * Ollama does on 11434, until SIGTERM. With the argument {@code --with-parent} it also ends
     * when its standard input does, so that it cannot outlive whoever started it.
     */
    public static void main(String[] arguments) throws IOException {
        String port =
                arguments.length > 0 && !arguments[0].startsWith("--")
                        ? arguments[0]
                        : Optional.ofNullable(System.getenv("PARLEY_SIMULATED_PROVIDER_PORT"))
                                .orElse("11434");
        SimulatedProvider provider = start(Integer.parseInt(port));
        System.out.println("simulated provider on " + provider.url());
        if (arguments.length > 0 && arguments[arguments.length - 1].equals("--with-parent")) {
            EventLoops.endWithStarter();
        }
    }

    /** Starts on {@code port}, or on a free one if that is 0. */
    public static SimulatedProvider start(int port) {
        Simulation simulation = new Simulation();
        AtomicInteger boundPort = new AtomicInteger();
        // Vert.x lets its event loops share a free port when they ask for the same negative one.
        int askedPort = port == 0 ? -1 : port;
        EventLoops eventLoops =
                EventLoops.start(
                        "the simulated provider",
                        EVENT_LOOPS,
                        () -> new Listener(simulation, askedPort, boundPort));
        return new SimulatedProvider(eventLoops, boundPort.get());
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        eventLoops.close();
    }

    /** One event loop's share of the connections. */
    private static final class Listener extends AbstractVerticle {
        private final Simulation simulation;
        private final int askedPort;
        private final AtomicInteger boundPort;

        Listener(Simulation simulation, int askedPort, AtomicInteger boundPort) {
            this.simulation = simulation;
            this.askedPort = askedPort;
            this.boundPort = boundPort;
        }

        @Override
        public void start(Promise<Void> started) {
            OllamaApi ollama = new OllamaApi(vertx, simulation);
            OpenAiApi openAi = new OpenAiApi(vertx, simulation);
            SimulatorApi simulator = new SimulatorApi(simulation);
            vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setTcpNoDelay(true))
                    .requestHandler(request -> dispatch(request, ollama, openAi, simulator))
                    .listen(askedPort)
                    .onSuccess(server -> boundPort.set(server.actualPort()))
                    .<Void>mapEmpty()
                    .onComplete(started);
        }

        private void dispatch(
                HttpServerRequest request,
                OllamaApi ollama,
                OpenAiApi openAi,
                SimulatorApi simulator) {
            String route = request.method().name() + " " + request.path();
            if (simulator.handle(request, route)) {
                return;
            }
            if (MODEL_CALLS.contains(route)) {
                Fault fault = simulation.nextFault();
                if (!ollama.call(request, route, fault)) {
                    openAi.call(request, route, fault);
                }
            } else if (!struck(request) && !ollama.describe(request, route)) {
                openAi.describe(request, route);
            }
        }

        /** A provider that is wholly down does not tell what models it has either. */
        private boolean struck(HttpServerRequest request) {
            Behaviour behaviour = simulation.behaviour();
            if (behaviour.fault() == Fault.REFUSE && behaviour.faultRate() == 1.0) {
                request.connection().close();
                return true;
            }
            return behaviour.fault() == Fault.HANG && behaviour.faultRate() == 1.0;
        }
    }
}
