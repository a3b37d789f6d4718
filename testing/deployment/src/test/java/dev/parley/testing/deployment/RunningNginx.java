package dev.parley.testing.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The compose edge as a real nginx on this machine: our files, but for the ports, the folders and
 * the name server that a container would have to itself, and a shorter patience.
 */
final class RunningNginx implements AutoCloseable {
    /** How long it waits for a service that says nothing. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration START = Duration.ofSeconds(20);

    private final Process process;
    private final int port;

    /**
     * @param ports of the services, on this machine
     * @param change made to {@code nginx.conf}
     */
    RunningNginx(
            Path folder, NameServer names, Map<String, Integer> ports, UnaryOperator<String> change)
            throws IOException {
        this.port = freePort();
        String main =
                Checkout.read("deploy/compose/nginx/nginx.conf")
                        .replace("/tmp/", folder + "/")
                        .replace("/etc/nginx/", folder + "/")
                        .replace("/dev/stdout", folder + "/access.log")
                        .replace("/dev/stderr", folder + "/error.log")
                        .replace("listen 8080;", "listen 127.0.0.1:" + port + ";")
                        .replaceFirst(
                                "proxy_read_timeout \\d+s;",
                                "proxy_read_timeout " + PATIENCE.toSeconds() + "s;");
        String paths = Checkout.read("deploy/compose/nginx/paths.conf");
        for (Map.Entry<String, Integer> service : ports.entrySet()) {
            Pattern row = Pattern.compile("(?m)^( +" + service.getKey() + " +)\\d+;");
            paths = row.matcher(paths).replaceFirst("$1" + service.getValue() + ";");
        }
        String resolver =
                Checkout.read("deploy/compose/nginx/resolver.conf")
                        .replace("127.0.0.11", "127.0.0.1:" + names.port());
        Files.writeString(folder.resolve("nginx.conf"), change.apply(main));
        Files.writeString(folder.resolve("paths.conf"), paths);
        Files.writeString(folder.resolve("resolver.conf"), resolver);
        // Of root's, the workers are another user's.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        this.process =
                new ProcessBuilder(
                                "nginx",
                                "-p",
                                folder.toString(),
                                "-c",
                                folder.resolve("nginx.conf").toString(),
                                "-e",
                                folder.resolve("start.log").toString(),
                                "-g",
                                "daemon off;")
                        .inheritIO()
                        .start();
        awaitStart();
    }

    int port() {
        return port;
    }

    private void awaitStart() throws IOException {
        long end = System.nanoTime() + START.toNanos();
        while (!isListening()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("nginx does not start on port " + port);
            }
            Thread.onSpinWait();
        }
    }

    private boolean isListening() {
        try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return connection.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    static int freePort() {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With its workers, at once. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
