package dev.parley.gateway.api.generation;

import dev.parley.gateway.app.generation.RunningGeneration;
import dev.parley.gateway.business.generation.GenerationEvent;
import dev.parley.platform.web.RequestContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Waits for the end of a call and answers with all of it. */
final class WholeAnswer {
    private final RunningGeneration generation;
    private final ChatWire wire;
    private final StringBuilder text = new StringBuilder();

    private WholeAnswer(RunningGeneration generation, ChatWire wire) {
        this.generation = generation;
        this.wire = wire;
    }

    /** Runs the call; cancelling, which is what a lost connection does, cuts it. */
    static Uni<@Nullable Response> of(RunningGeneration generation, ChatWire wire) {
        WholeAnswer answer = new WholeAnswer(generation, wire);
        return RequestContext.stay(
                        Uni.createFrom().<GenerationEvent>emitter(answer::awaitLastEvent))
                .map(answer::response);
    }

    private void awaitLastEvent(UniEmitter<? super GenerationEvent> last) {
        last.onTermination(
                generation.events().subscribe().with(event -> take(event, last), last::fail)
                        ::cancel);
    }

    private void take(GenerationEvent event, UniEmitter<? super GenerationEvent> last) {
        switch (event) {
            case GenerationEvent.Delta delta -> text.append(delta.text());
            case GenerationEvent.Finished finished -> last.complete(finished);
            case GenerationEvent.Failed failed -> last.complete(failed);
        }
    }

    private Response response(GenerationEvent last) {
        return switch (last) {
            case GenerationEvent.Delta ignored -> throw new IllegalStateException("not the last");
            case GenerationEvent.Failed failed -> Answers.problem(failed, generation).toResponse();
            case GenerationEvent.Finished finished -> {
                Response.ResponseBuilder whole =
                        Response.ok(wire.whole(text.toString(), finished))
                                .type(MediaType.APPLICATION_JSON_TYPE);
                Answers.headers(generation).forEach(whole::header);
                yield whole.build();
            }
        };
    }
}
