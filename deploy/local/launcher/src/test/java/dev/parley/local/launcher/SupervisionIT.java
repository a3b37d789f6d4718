package dev.parley.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.embedded.FreePort;
import dev.parley.local.simulated.SimulatedProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisionIT {
    @TempDir private Path folder;
    private final AtomicInteger changes = new AtomicInteger();
    private Child child = sleeper(true);

    @AfterEach
    void stop() {
        child.stop();
    }

    @Test
    void startsAgainWhatDiesUnasked() throws Exception {
        child.start();
        long first = child.pid().orElseThrow();

        child.kill();

        assertThat(Readiness.within(Duration.ofSeconds(10), () -> child.pid().isPresent()))
                .isTrue();
        assertThat(child.pid().orElseThrow()).isNotEqualTo(first);
        assertThat(child.deaths()).isEqualTo(1);
        assertThat(changes.get()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void leavesDeadWhatDiesWhenTold() throws Exception {
        child = sleeper(false);
        child.start();

        child.kill();

        assertThat(Readiness.within(Duration.ofSeconds(10), () -> changes.get() == 2)).isTrue();
        Thread.sleep(Duration.ofMillis(500));
        assertThat(child.pid()).isEmpty();
    }

    @Test
    void doesNotStartAgainWhatItStoppedUntilAsked() throws Exception {
        child.start();

        child.stop();
        Thread.sleep(Duration.ofMillis(500));
        assertThat(child.pid()).isEmpty();

        child.startAgain();
        assertThat(child.pid()).isPresent();
        Thread.sleep(Duration.ofMillis(500));
        assertThat(child.pid()).isPresent();
    }

    @Test
    void countsAProcessThatKeepsDying() throws Exception {
        child = new Child("mayfly", () -> new ProcessBuilder("false").start(), true, () -> {});
        child.start();

        assertThat(Readiness.within(Duration.ofSeconds(10), () -> child.deaths() >= 3)).isTrue();
    }

    @Test
    void aJavaChildHearsSigtermButNotCtrlC() throws Exception {
        int port = FreePort.find();
        Path log = folder.resolve("provider.log");
        JavaCommand command =
                JavaCommand.ofMain(
                        List.of("-Xmx64m"),
                        SimulatedProvider.class.getName(),
                        String.valueOf(port));
        Process process = command.start(Map.of("PARLEY_TEST", "1"), log);
        try {
            assertThat(Readiness.within(Duration.ofSeconds(30), () -> answers(port))).isTrue();

            signal(process, "INT");
            assertThat(process.waitFor(500, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(answers(port)).isTrue();

            signal(process, "TERM");
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aKilledLauncherLeavesNothing() throws Exception {
        Path pid = folder.resolve("child.pid");
        Process launcher =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Launcher.class.getName(),
                                folder.toString(),
                                pid.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertThat(Readiness.within(Duration.ofSeconds(30), () -> Files.exists(pid))).isTrue();
        ProcessHandle left = ProcessHandle.of(Long.parseLong(Files.readString(pid))).orElseThrow();

        launcher.destroyForcibly().waitFor();

        assertThat(Readiness.within(Duration.ofSeconds(10), () -> left.info().command().isEmpty()))
                .isTrue();
    }

    /** A launcher with one child, that is then killed. */
    static final class Launcher {
        private Launcher() {}

        public static void main(String[] arguments) throws Exception {
            Guard guard = new Guard(new StackFolder(Path.of(arguments[0])));
            guard.start();
            Process child = new ProcessBuilder("sleep", "300").start();
            guard.cover(LongStream.of(child.pid()));
            PrivateFiles.write(Path.of(arguments[1]), Long.toString(child.pid()));
            Thread.sleep(Duration.ofMinutes(1));
        }
    }

    private Child sleeper(boolean restart) {
        return new Child(
                "sleeper",
                () -> new ProcessBuilder("sleep", "300").start(),
                restart,
                changes::incrementAndGet);
    }

    private static void signal(Process process, String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    }

    private static boolean answers(int port) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                                    HttpRequest.newBuilder(
                                                    URI.create(
                                                            "http://127.0.0.1:"
                                                                    + port
                                                                    + "/api/version"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
