package dev.parley.local.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpServerResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EdgeStreamIT extends EdgeWithTwoReplicas {

    @Test
    void passesEachEventOfAStreamWhenItComes() throws Exception {
        BlockingQueue<HttpServerResponse> opened = new ArrayBlockingQueue<>(1);
        both(
                request -> {
                    opened.add(request.response().setChunked(true));
                    request.response().putHeader("content-type", "text/event-stream");
                    request.response().write("data: 1\n\n");
                });

        try (BufferedReader events = stream()) {
            assertThat(events.readLine()).isEqualTo("data: 1");
            HttpServerResponse open = opened.take();
            for (int i = 2; i < 5; i++) {
                open.write("data: " + i + "\n\n");
                events.readLine();
                assertThat(events.readLine()).isEqualTo("data: " + i);
            }
            open.end();
        }
    }

    @Test
    void tellsTheServiceAtOnceThatTheCallerLeft() throws Exception {
        AtomicBoolean gone = new AtomicBoolean();
        both(
                request -> {
                    request.response().closeHandler(closed -> gone.set(true));
                    request.response().setChunked(true).write("data: 1\n\n");
                });

        try (BufferedReader events = stream()) {
            assertThat(events.readLine()).isEqualTo("data: 1");
            assertThat(gone).isFalse();
        }

        Peer.eventually(gone::get);
    }

    @Test
    void tellsTheServiceThatACallerLeftWhoHadNoAnswerYet() throws Exception {
        AtomicBoolean asked = new AtomicBoolean();
        AtomicBoolean gone = new AtomicBoolean();
        both(
                request -> {
                    request.response().closeHandler(closed -> gone.set(true));
                    asked.set(true);
                });

        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(
                        to("/v1/responses").GET().build(), HttpResponse.BodyHandlers.ofString());
        Peer.eventually(asked::get);
        answer.cancel(true);

        Peer.eventually(gone::get);
    }

    @Test
    void endsAStreamWhoseServiceDied() throws Exception {
        both(
                request -> {
                    request.response().setChunked(true).write("data: 1\n\n");
                    vertx.setTimer(100, timer -> request.connection().close());
                });

        try (BufferedReader events = stream()) {
            assertThat(events.readLine()).isEqualTo("data: 1");
            assertThatThrownBy(
                            () -> {
                                while (events.readLine() != null) {
                                    // Until it breaks.
                                }
                            })
                    .isInstanceOf(IOException.class);
        }
    }
}
