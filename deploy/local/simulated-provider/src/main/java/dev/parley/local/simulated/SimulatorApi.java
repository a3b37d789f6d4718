package dev.parley.local.simulated;

import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The paths that tests use: how to behave from now on, and what happened so far. */
final class SimulatorApi {
    /** No more digits than a {@code long} surely holds. */
    private static final Pattern SEQUENCE = Pattern.compile("[0-9]{1,18}");

    private final Simulation simulation;

    SimulatorApi(Simulation simulation) {
        this.simulation = simulation;
    }

    /** Answers, or says false if no path of the simulator's was meant. */
    boolean handle(HttpServerRequest request, String route) {
        switch (route) {
            case "GET /simulator/behaviour" ->
                    Answers.json(request, 200, simulation.behaviour().toJson());
            case "PUT /simulator/behaviour" -> behave(request);
            case "GET /simulator/totals" -> Answers.json(request, 200, simulation.calls().totals());
            case "GET /simulator/calls" -> calls(request);
            case "POST /simulator/reset" -> {
                simulation.reset();
                Answers.json(request, 200, simulation.calls().totals());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void behave(HttpServerRequest request) {
        Consumer<String> refuse = refusal(request);
        Answers.withBody(
                request,
                refuse,
                body -> {
                    try {
                        simulation.behave(Behaviour.parse(body));
                        Answers.json(request, 200, simulation.behaviour().toJson());
                    } catch (IllegalArgumentException e) {
                        refuse.accept(e.getMessage());
                    }
                });
    }

    private void calls(HttpServerRequest request) {
        String after = request.getParam("after", "0");
        if (SEQUENCE.matcher(after).matches()) {
            Answers.json(request, 200, simulation.calls().after(Long.parseLong(after)));
        } else {
            refusal(request).accept("after: the sequence number of a call");
        }
    }

    private static Consumer<String> refusal(HttpServerRequest request) {
        return message -> Answers.json(request, 400, Json.object().put("error", message));
    }
}
