package dev.parley.gateway.api.generation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.gateway.app.generation.AnswerOnce;
import dev.parley.gateway.business.generation.GenerationEvent;
import dev.parley.gateway.business.generation.KeptAnswer;
import dev.parley.gateway.business.generation.RequestKey;
import dev.parley.platform.security.Caller;
import dev.parley.platform.web.RepeatedRequests;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A request that may be made again, and the answer that it then gets. */
final class RepeatedAnswer {
    private RepeatedAnswer() {}

    /**
     * What a request is known by: its caller's own key or, for an official SDK, which tries again
     * by itself, what it says. Null for one that nothing tells from another.
     */
    static @Nullable RequestKey keyOf(
            Caller caller,
            String path,
            Object request,
            @Nullable String idempotencyKey,
            @Nullable String retryCount,
            ObjectMapper json) {
        String key = RepeatedRequests.idempotencyKey(idempotencyKey);
        if (key == null && retryCount == null) {
            return null;
        }
        String hash = hash(path, request, json);
        return key == null
                ? RequestKey.ofRetries(
                        caller.organization(),
                        caller.subject(),
                        hash,
                        RepeatedRequests.retried(retryCount))
                : RequestKey.chosen(caller.organization(), caller.subject(), key, hash);
    }

    private static String hash(String path, Object request, ObjectMapper json) {
        try {
            return RepeatedRequests.hash(
                    path, json.writeValueAsString(request).getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The same answer; a stream comes in one piece. */
    static Response of(AnswerOnce.Outcome.Again again, ChatWire wire, boolean streamed) {
        KeptAnswer answer = again.answer();
        GenerationEvent.Finished finished =
                new GenerationEvent.Finished(answer.reason(), answer.usage());
        Response.ResponseBuilder response =
                streamed
                        ? Response.ok(stream(answer, finished, wire).getBytes())
                                .header("Content-Type", wire.contentType())
                                .header("Cache-Control", "no-store")
                        : Response.ok(wire.whole(answer.text(), finished))
                                .type(MediaType.APPLICATION_JSON_TYPE);
        return response.header("x-parley-provider", answer.provider())
                .header("x-parley-attempts", answer.attempts())
                .build();
    }

    private static Buffer stream(
            KeptAnswer answer, GenerationEvent.Finished finished, ChatWire wire) {
        Buffer stream = Buffer.buffer();
        if (!answer.text().isEmpty()) {
            stream.appendBuffer(wire.delta(new GenerationEvent.Delta(answer.text())));
        }
        return stream.appendBuffer(wire.finished(finished));
    }
}
