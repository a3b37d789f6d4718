package dev.parley.local.edge;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetSocket;
import java.util.Locale;
import java.util.Set;

/**
 * A WebSocket's way through: the handshake as HTTP, then bytes both ways. The proxy library's own
 * drops the body of a refused handshake and reads ahead of a slow peer without end.
 */
final class Tunnel {
    private static final Set<String> OF_THIS_HOP =
            Set.of("connection", "keep-alive", "transfer-encoding", "upgrade");

    private Tunnel() {}

    static boolean isAskedFor(HttpServerRequest request) {
        String connection = request.getHeader("connection");
        return request.method().equals(HttpMethod.GET)
                && request.version() == HttpVersion.HTTP_1_1
                && "websocket".equalsIgnoreCase(request.getHeader("upgrade"))
                && connection != null
                && connection.toLowerCase(Locale.ROOT).contains("upgrade");
    }

    static void through(HttpServerRequest request, HttpClientRequest upstream, Runnable leave) {
        request.headers()
                .forEach(
                        (name, value) -> {
                            if (!name.equalsIgnoreCase("host")
                                    && !name.equalsIgnoreCase("connection")) {
                                upstream.headers().add(name, value);
                            }
                        });
        upstream.putHeader("connection", "Upgrade");
        request.response().exceptionHandler(gone -> upstream.reset());
        // The future of connect() tells of what goes wrong; without this it is logged as well.
        upstream.exceptionHandler(told -> {});
        upstream.connect()
                .onFailure(
                        failure -> {
                            leave.run();
                            Refusal.CONNECTION_LOST.answer(request);
                        })
                .onSuccess(
                        answer -> {
                            if (answer.statusCode() == 101) {
                                join(request, answer, leave);
                            } else {
                                leave.run();
                                refuse(request, answer);
                            }
                        });
    }

    private static void join(HttpServerRequest request, HttpClientResponse answer, Runnable leave) {
        NetSocket far = answer.netSocket().pause();
        far.closeHandler(closed -> leave.run());
        HttpServerResponse response = request.response();
        response.setStatusCode(101);
        response.headers().addAll(answer.headers());
        request.toNetSocket()
                .onFailure(failure -> far.close())
                .onSuccess(
                        near -> {
                            near.closeHandler(closed -> far.close());
                            far.closeHandler(
                                    closed -> {
                                        leave.run();
                                        near.close();
                                    });
                            near.pipeTo(far);
                            far.pipeTo(near);
                        });
    }

    private static void refuse(HttpServerRequest request, HttpClientResponse answer) {
        HttpServerResponse response = request.response().setStatusCode(answer.statusCode());
        answer.headers()
                .forEach(
                        (name, value) -> {
                            if (!OF_THIS_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                                response.headers().add(name, value);
                            }
                        });
        if (answer.getHeader("content-length") == null) {
            response.setChunked(true);
        }
        request.resume();
        answer.pipeTo(response);
    }
}
