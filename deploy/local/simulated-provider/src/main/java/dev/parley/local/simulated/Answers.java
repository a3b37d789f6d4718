package dev.parley.local.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** What the paths have in common in reading requests and writing answers. */
final class Answers {
    private Answers() {}

    static void withBody(
            HttpServerRequest request, Consumer<String> refuse, Consumer<JsonNode> accept) {
        request.body()
                .onSuccess(
                        bytes -> {
                            JsonNode body;
                            try {
                                body = Json.parse(bytes);
                            } catch (IllegalArgumentException e) {
                                refuse.accept(String.valueOf(e.getMessage()));
                                return;
                            }
                            accept.accept(body);
                        });
    }

    static void json(HttpServerRequest request, int status, JsonNode json) {
        send(request, status, Buffer.buffer(Json.compact(json)));
    }

    static void send(HttpServerRequest request, int status, Buffer json) {
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json; charset=utf-8")
                .end(json);
    }

    static void text(HttpServerRequest request, String text) {
        request.response().putHeader("content-type", "text/plain; charset=utf-8").end(text);
    }

    /** Lets {@code fault} happen to a call that has no stream; false if there is none. */
    static boolean failed(HttpServerRequest request, Call call, Fault fault, Buffer error) {
        switch (fault) {
            case NONE -> {
                return false;
            }
            case HANG -> request.response().closeHandler(gone -> call.end(Call.Status.CUT));
            case REFUSE, DIE_MID_STREAM -> {
                call.end(Call.Status.FAILED);
                request.connection().close();
            }
            case BAD_JSON -> {
                call.end(Call.Status.FAILED);
                send(request, 200, Buffer.buffer("{\"model\":"));
            }
            case BAD_REQUEST -> {
                call.end(Call.Status.FAILED);
                send(request, 400, error);
            }
            case TOO_MANY_REQUESTS -> {
                call.end(Call.Status.FAILED);
                request.response().putHeader("retry-after", "1");
                send(request, 429, error);
            }
            case SERVER_ERROR -> {
                call.end(Call.Status.FAILED);
                send(request, 500, error);
            }
        }
        return true;
    }
}
