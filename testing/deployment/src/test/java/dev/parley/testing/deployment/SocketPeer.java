package dev.parley.testing.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands where a service would listen, and does with each connection what it was told. */
final class SocketPeer implements AutoCloseable {
    /** What becomes of a connection, once a request's head was read from it. */
    interface Behaviour {
        void with(Socket connection, String head) throws IOException;
    }

    private final ServerSocket server;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Behaviour behaviour = (connection, head) -> {};

    SocketPeer() {
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    void behave(Behaviour next) {
        behaviour = next;
    }

    /** How many requests it has seen. */
    int requests() {
        return requests.get();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            String head = head(connection.getInputStream());
            requests.incrementAndGet();
            behaviour.with(connection, head);
        } catch (IOException gone) {
            // What the other side makes of it is for the test to see.
        }
    }

    /** A message's first lines, up to the empty one. */
    static String head(InputStream from) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = from.read();
            if (next < 0) {
                throw new IOException("ended after " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** A message of these lines, without a body. */
    static String message(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        connection.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
