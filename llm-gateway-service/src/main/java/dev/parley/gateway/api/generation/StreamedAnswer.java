package dev.parley.gateway.api.generation;

import dev.parley.gateway.app.generation.RunningGeneration;
import dev.parley.gateway.business.generation.GenerationEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * Writes a call's events to its connection as they come. It writes to Vert.x's response itself: a
 * delta costs one write, and the head can wait until it is known whether there is an answer.
 */
final class StreamedAnswer {
    private final RunningGeneration generation;
    private final HttpServerResponse response;
    private final AnswerWire wire;
    private final ReadingPatience patience;
    private volatile @Nullable Cancellable running;
    private boolean open;

    private StreamedAnswer(
            RunningGeneration generation, HttpServerRequest request, AnswerWire wire) {
        this.generation = generation;
        this.response = request.response();
        this.wire = wire;
        this.patience = new ReadingPatience(request, generation.longestUnread(), this::cut);
    }

    /**
     * Runs the call. The item is null when the answer was written, or a problem when there was none
     * and nothing is written yet; cancelling, which is what a lost connection does, cuts the call.
     */
    static Uni<@Nullable Response> write(
            RunningGeneration generation, HttpServerRequest request, AnswerWire wire) {
        return Uni.createFrom()
                .emitter(done -> new StreamedAnswer(generation, request, wire).run(done));
    }

    private void run(UniEmitter<? super @Nullable Response> done) {
        Buffer opening = wire.opening();
        if (opening != null) {
            openHead();
            response.write(opening);
        }
        running =
                generation
                        .events()
                        .subscribe()
                        .with(
                                event -> {
                                    Response instead = write(event);
                                    if (instead != null) {
                                        done.complete(instead);
                                    }
                                },
                                done::fail,
                                () -> done.complete(null));
        done.onTermination(this::cut);
    }

    /** Nothing happens to a call that has ended. */
    private void cut() {
        Cancellable call = running;
        if (call != null) {
            call.cancel();
        }
    }

    private @Nullable Response write(GenerationEvent event) {
        if (!open && event instanceof GenerationEvent.Failed failed) {
            return Answers.problem(failed, generation).toResponse();
        }
        openHead();
        switch (event) {
            case GenerationEvent.Delta delta -> {
                response.write(wire.delta(delta));
                patience.written();
            }
            case GenerationEvent.Finished finished ->
                    patience.ended(response.end(wire.finished(finished)));
            case GenerationEvent.Failed failed -> patience.ended(response.end(wire.failed(failed)));
        }
        return null;
    }

    private void openHead() {
        if (!open) {
            open = true;
            response.setChunked(true)
                    .putHeader("content-type", wire.contentType())
                    .putHeader("cache-control", "no-store");
            Answers.headers(generation).forEach(response::putHeader);
        }
    }
}
