package dev.parley.local.simulated;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicLong;

/** What all event loops share: the behaviour and the record of the calls. */
final class Simulation {
    private volatile Behaviour behaviour = Behaviour.AT_ONCE;
    private volatile Calls calls = new Calls();
    private final AtomicLong faultDraws = new AtomicLong();

    Behaviour behaviour() {
        return behaviour;
    }

    void behave(Behaviour next) {
        faultDraws.set(0);
        behaviour = next;
    }

    Calls calls() {
        return calls;
    }

    /** As if just started; calls under way belong to what was before. */
    void reset() {
        behave(Behaviour.AT_ONCE);
        calls = new Calls();
    }

    Fault nextFault() {
        return behaviour().faultOf(faultDraws.incrementAndGet());
    }

    Call begin(HttpServerRequest request, SimulatedModel model) {
        return calls().begin(request.getHeader("x-request-id"), model.name(), request.path());
    }

    void generate(
            Vertx vertx,
            HttpServerRequest request,
            Prompt prompt,
            Wire wire,
            boolean stream,
            Call call,
            Fault fault) {
        Behaviour now = behaviour();
        new Generation(vertx, request, call, Answer.to(prompt, now), now, fault, wire, stream)
                .run(prompt.tokens());
    }
}
