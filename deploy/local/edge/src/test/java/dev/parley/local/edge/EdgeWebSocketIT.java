package dev.parley.local.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EdgeWebSocketIT extends EdgeWithTwoReplicas {

    @Test
    void tunnelsAWebSocketBothWays() throws Exception {
        both(
                request ->
                        request.toWebSocket()
                                .onSuccess(
                                        socket ->
                                                socket.textMessageHandler(
                                                        text ->
                                                                socket.writeTextMessage(
                                                                        "> " + text))));
        Messages messages = new Messages();
        WebSocket socket =
                client.newWebSocketBuilder()
                        .header("authorization", "Bearer x")
                        .buildAsync(URI.create(webSocketUrl()), messages)
                        .get(10, TimeUnit.SECONDS);

        String large = "x".repeat(200_000);
        socket.sendText("hello", true).get(5, TimeUnit.SECONDS);
        assertThat(messages.next()).isEqualTo("> hello");
        socket.sendText(large, true).get(5, TimeUnit.SECONDS);
        assertThat(messages.next()).isEqualTo("> " + large);
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").get(5, TimeUnit.SECONDS);
        assertThat(messages.next()).isEqualTo("closed 1000");
    }

    @Test
    void closesTheServicesWebSocketWhenTheCallerIsGone() throws Exception {
        AtomicBoolean gone = new AtomicBoolean();
        both(
                request ->
                        request.toWebSocket()
                                .onSuccess(
                                        socket -> socket.closeHandler(closed -> gone.set(true))));
        WebSocket socket =
                client.newWebSocketBuilder()
                        .buildAsync(URI.create(webSocketUrl()), new Messages())
                        .get(10, TimeUnit.SECONDS);

        socket.abort();

        Peer.eventually(gone::get);
    }

    @Test
    void passesTheServicesRefusalOfAWebSocket() throws Exception {
        both(
                request ->
                        request.response()
                                .setStatusCode(401)
                                .putHeader("www-authenticate", "Bearer")
                                .end("no token"));

        assertThatThrownBy(
                        () ->
                                client.newWebSocketBuilder()
                                        .buildAsync(URI.create(webSocketUrl()), new Messages())
                                        .get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused -> {
                            assertThat(refused.getResponse().statusCode()).isEqualTo(401);
                            assertThat(
                                            refused.getResponse()
                                                    .headers()
                                                    .firstValue("www-authenticate"))
                                    .hasValue("Bearer");
                        });
    }

    private static final class Messages implements WebSocket.Listener {
        private final BlockingQueue<String> received = new ArrayBlockingQueue<>(10);
        private final StringBuilder text = new StringBuilder();

        String next() throws InterruptedException {
            return String.valueOf(received.poll(10, TimeUnit.SECONDS));
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                received.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            received.add("closed " + status);
            return CompletableFuture.completedStage(null);
        }
    }
}
