package dev.parley.platform.egress;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on one loopback address that answers each connection as a test scripts it. */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket listening;
    private final List<String> heads = new CopyOnWriteArrayList<>();

    /** What is written to a connection once its request's head is read. */
    interface Script {
        void play(OutputStream out) throws IOException, InterruptedException;
    }

    ScriptedServer(InetAddress address, int port, Script script) throws IOException {
        listening = new ServerSocket(port, 16, address);
        Thread.ofVirtual().start(() -> accept(script));
    }

    int port() {
        return listening.getLocalPort();
    }

    /** The request line and headers of each request so far. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    private void accept(Script script) {
        while (!listening.isClosed()) {
            try {
                Socket connection = listening.accept();
                Thread.ofVirtual().start(() -> answer(connection, script));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(Socket connection, Script script) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(
                                    connection.getInputStream(), StandardCharsets.ISO_8859_1));
            StringBuilder head = new StringBuilder();
            String line = in.readLine();
            while (line != null && !line.isEmpty()) {
                head.append(line).append('\n');
                line = in.readLine();
            }
            heads.add(head.toString());
            script.play(connection.getOutputStream());
        } catch (IOException gone) {
            // The guard went away, which is what some tests are about.
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    static Script saying(String answer) {
        return out -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
