package dev.parley.gateway.api.generation;

import dev.parley.gateway.business.admission.CallId;
import dev.parley.gateway.business.generation.GenerationEvent;
import dev.parley.gateway.business.generation.KeptAnswer;
import dev.parley.gateway.business.generation.RequestHash;
import dev.parley.gateway.business.generation.RequestKey;
import dev.parley.platform.security.Caller;
import dev.parley.platform.web.RepeatedRequests;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** A request that may be made again, and the answer that it then gets. */
final class RepeatedAnswer {
    private RepeatedAnswer() {}

    /**
     * What the current request is known by: its caller's own key or, for an official SDK, which
     * tries again by itself, what it says. Null for one that nothing tells from another.
     */
    static @Nullable RequestKey key(
            Caller caller,
            CallId call,
            @Nullable String idempotencyKey,
            @Nullable String retryCount) {
        String key = RepeatedRequests.idempotencyKey(idempotencyKey);
        String hash = RepeatedRequests.currentHash();
        if (hash == null || (key == null && retryCount == null)) {
            return null;
        }
        RequestHash request = new RequestHash(hash);
        boolean again = RepeatedRequests.retried(retryCount);
        if (key != null) {
            return RequestKey.chosen(caller.organization(), caller.subject(), key, request, again);
        }
        return again
                ? RequestKey.ofFurtherTry(caller.organization(), caller.subject(), request)
                : RequestKey.ofFirstTry(caller.organization(), caller.subject(), request, call);
    }

    /** The same answer; a stream comes in one piece. */
    static Response of(KeptAnswer answer, ChatWire wire, boolean streamed) {
        return switch (answer) {
            case KeptAnswer.Refused refused ->
                    Refusals.problem(refused.why())
                            .withHeader(Answers.PROVIDER, refused.provider())
                            .withHeader(Answers.ATTEMPTS, Integer.toString(refused.attempts()))
                            .toResponse();
            case KeptAnswer.Whole whole -> of(whole, wire, streamed);
        };
    }

    private static Response of(KeptAnswer.Whole answer, ChatWire wire, boolean streamed) {
        GenerationEvent.Finished finished =
                new GenerationEvent.Finished(answer.reason(), answer.usage());
        Response.ResponseBuilder response =
                streamed
                        ? Response.ok(stream(answer, finished, wire).getBytes())
                                .header("Content-Type", wire.contentType())
                                .header("Cache-Control", "no-store")
                        : Response.ok(wire.whole(answer.text(), finished))
                                .type(MediaType.APPLICATION_JSON_TYPE);
        return response.header(Answers.PROVIDER, answer.provider())
                .header(Answers.ATTEMPTS, answer.attempts())
                .build();
    }

    private static Buffer stream(
            KeptAnswer.Whole answer, GenerationEvent.Finished finished, ChatWire wire) {
        Buffer stream = Buffer.buffer();
        if (!answer.text().isEmpty()) {
            stream.appendBuffer(wire.delta(new GenerationEvent.Delta(answer.text())));
        }
        return stream.appendBuffer(wire.finished(finished));
    }
}
