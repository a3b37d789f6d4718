package dev.parley.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** A client that can walk away in the middle of an answer. */
final class RawConnection implements AutoCloseable {
    private final Socket socket;

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    /** Posts with further headers, each a line. */
    static RawConnection post(
            URI gateway, String path, String token, String body, String... headers) {
        try {
            Socket socket = new Socket(gateway.getHost(), gateway.getPort());
            socket.setSoTimeout(10_000);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            String head =
                    String.join(
                            "\r\n",
                            "POST " + path + " HTTP/1.1",
                            "host: gateway",
                            "content-type: application/json",
                            "authorization: Bearer " + token,
                            "content-length: " + bytes.length,
                            String.join("", Stream.of(headers).map(h -> h + "\r\n").toList()),
                            "");
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return new RawConnection(socket);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Reads until the text has been seen, or the connection ends. */
    String readUntil(String text) {
        StringBuilder read = new StringBuilder();
        byte[] buffer = new byte[8_192];
        try {
            while (read.indexOf(text, read.length() - buffer.length - text.length()) < 0) {
                int count = socket.getInputStream().read(buffer);
                if (count < 0) {
                    break;
                }
                read.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
            }
            return read.toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Whether the other side has closed it, which is told without reading. */
    boolean isClosed() {
        try {
            // Between two requests an empty line means nothing.
            socket.getOutputStream().write("\r\n".getBytes(StandardCharsets.UTF_8));
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
