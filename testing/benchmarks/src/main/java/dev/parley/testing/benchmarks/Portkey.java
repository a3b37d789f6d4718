package dev.parley.testing.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Portkey's gateway from npm in its own process, as anybody gets it: it proxies and no more. */
final class Portkey implements AutoCloseable {
    static final String VERSION = "1.15.2";

    /** The gateway asks for ^1.3.3, and what is newer than this may not be served. */
    private static final String NODE_SERVER_VERSION = "1.14.1";

    private static final Duration INSTALLATION = Duration.ofMinutes(2);
    private static final Duration START = Duration.ofSeconds(20);

    /** It is not to be had here; the message says why. */
    static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        Unavailable(String why) {
            super(why);
        }
    }

    private final Process process;
    private final URI uri;

    private Portkey(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Installs it below {@code folder} unless it is there, and starts it on a free port. */
    static Portkey start(Path folder) throws Unavailable, IOException, InterruptedException {
        Path script = folder.resolve("node_modules/@portkey-ai/gateway/build/start-server.js");
        run(folder, Duration.ofSeconds(10), "Node is not at hand", "node", "--version");
        if (!Files.exists(script)) {
            install(folder);
        }
        int port = freePort();
        ProcessBuilder builder =
                new ProcessBuilder("node", script.toString(), "--headless", "--port=" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("portkey.out").toFile());
        builder.environment().put("NODE_ENV", "production");
        Process process = builder.start();
        Portkey portkey = new Portkey(process, URI.create("http://127.0.0.1:" + port));
        try {
            portkey.awaitListening(port);
        } catch (Unavailable e) {
            portkey.close();
            throw e;
        }
        return portkey;
    }

    private static void install(Path folder) throws Unavailable, IOException, InterruptedException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("package.json"), packageJson());
        run(folder, Duration.ofSeconds(20), "npm is not at hand", "npm", "--version");
        run(
                folder,
                INSTALLATION,
                "npm does not get @portkey-ai/gateway " + VERSION,
                "npm",
                "install",
                "--omit=dev",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--no-package-lock");
    }

    private static String packageJson() {
        return """
        {
          "private": true,
          "dependencies": {"@portkey-ai/gateway": "%s"},
          "overrides": {"@hono/node-server": "%s"}
        }
        """
                .formatted(VERSION, NODE_SERVER_VERSION);
    }

    private static void run(Path folder, Duration limit, String complaint, String... command)
            throws Unavailable, IOException, InterruptedException {
        Files.createDirectories(folder);
        File log = folder.resolve(command[0] + ".out").toFile();
        Process process;
        try {
            process =
                    new ProcessBuilder(List.of(command))
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log)
                            .start();
        } catch (IOException e) {
            throw new Unavailable(complaint);
        }
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new Unavailable(complaint + " within " + limit.toSeconds() + " s");
        }
        if (process.exitValue() != 0) {
            throw new Unavailable(complaint + " (see " + log + ")");
        }
    }

    private void awaitListening(int port) throws Unavailable, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
                return;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new Unavailable("Portkey's gateway does not start");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    URI uri() {
        return uri;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
