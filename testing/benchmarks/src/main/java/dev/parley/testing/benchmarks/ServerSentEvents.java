package dev.parley.testing.benchmarks;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** Cuts a body of server-sent events into the data of each, however its bytes arrive. */
final class ServerSentEvents {
    private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};

    private final Consumer<byte[]> data;
    private Buffer rest = Buffer.buffer();

    /** Gives each {@code data} line, without its field name, to {@code data}. */
    ServerSentEvents(Consumer<byte[]> data) {
        this.data = data;
    }

    void read(Buffer chunk) {
        byte[] bytes = join(chunk);
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                int end = i > start && bytes[i - 1] == '\r' ? i - 1 : i;
                line(bytes, start, end);
                start = i + 1;
            }
        }
        rest =
                start == bytes.length
                        ? Buffer.buffer()
                        : Buffer.buffer(bytes).slice(start, bytes.length);
    }

    /** Whether the body ended inside a line. */
    boolean cut() {
        return rest.length() > 0;
    }

    private byte[] join(Buffer chunk) {
        if (rest.length() == 0) {
            return chunk.getBytes();
        }
        return Buffer.buffer(rest.length() + chunk.length())
                .appendBuffer(rest)
                .appendBuffer(chunk)
                .getBytes();
    }

    private void line(byte[] bytes, int start, int end) {
        if (end - start < DATA.length) {
            return;
        }
        for (int i = 0; i < DATA.length; i++) {
            if (bytes[start + i] != DATA[i]) {
                return;
            }
        }
        int from = start + DATA.length;
        if (from < end && bytes[from] == ' ') {
            from++;
        }
        byte[] value = new byte[end - from];
        System.arraycopy(bytes, from, value, 0, value.length);
        data.accept(value);
    }
}
