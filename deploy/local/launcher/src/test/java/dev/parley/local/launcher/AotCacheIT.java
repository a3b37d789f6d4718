package dev.parley.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheIT {
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-Xmx64m");

    @TempDir private Path folder;
    private AotCache cache = new AotCache(Path.of("app.aot"), Path.of("."), List.of());

    /** Something to start. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            System.out.println("hello");
        }
    }

    @BeforeEach
    void build() throws IOException {
        cache = cacheCalled("app.aot");
        try (OutputStream file = Files.newOutputStream(jar());
                JarOutputStream jar = new JarOutputStream(file)) {
            String name = Program.class.getName().replace('.', '/') + ".class";
            jar.putNextEntry(new JarEntry(name));
            try (var bytes = Program.class.getResourceAsStream("/" + name)) {
                jar.write(bytes.readAllBytes());
            }
            jar.closeEntry();
        }
    }

    @Test
    void isMadeOnceAndThenStartedFrom() throws Exception {
        assertThat(cache.use(OPTIONS)).isEqualTo(OPTIONS);

        assertThat(run(cache.make(OPTIONS))).contains("hello");
        assertThat(cache.settle(OPTIONS)).isTrue();

        assertThat(cache.isMade(OPTIONS)).isTrue();
        assertThat(cache.isWorthATry(OPTIONS)).isFalse();
        assertThat(run(withLog(cache.use(OPTIONS))))
                .contains(Program.class.getName() + " source: shared objects file");
    }

    @Test
    void doesNotFitOtherJarsOrOtherOptions() throws Exception {
        run(cache.make(OPTIONS));
        cache.settle(OPTIONS);
        List<String> others = List.of("-XX:+UseParallelGC");

        assertThat(cache.isMade(others)).isFalse();
        assertThat(cache.use(others)).isEqualTo(others);

        buildAgain();
        assertThat(cache.isMade(OPTIONS)).isFalse();
        assertThat(cache.use(OPTIONS)).isEqualTo(OPTIONS);
    }

    @Test
    void whatWasNotLeftIsTriedOnceMoreForTheSameJars() throws Exception {
        assertThat(cache.settle(OPTIONS)).isFalse();
        assertThat(cache.isMade(OPTIONS)).isFalse();
        assertThat(cache.use(OPTIONS)).isEqualTo(OPTIONS);
        assertThat(cache.isWorthATry(OPTIONS)).isTrue();

        assertThat(cache.settle(OPTIONS)).isFalse();
        assertThat(cache.isWorthATry(OPTIONS)).isFalse();

        buildAgain();
        assertThat(cache.isWorthATry(OPTIONS)).isTrue();
    }

    @Test
    void theSecondTryMayDo() throws Exception {
        cache.miss(OPTIONS);

        run(cache.make(OPTIONS));

        assertThat(cache.settle(OPTIONS)).isTrue();
        assertThat(cache.isMade(OPTIONS)).isTrue();
    }

    @Test
    void halfOfOneIsNone() throws Exception {
        run(cache.make(OPTIONS));
        Path draft = folder.resolve("app.aot.draft");
        byte[] whole = Files.readAllBytes(draft);
        Files.write(draft, Arrays.copyOf(whole, whole.length / 2));

        assertThat(cache.settle(OPTIONS)).isFalse();

        assertThat(cache.use(OPTIONS)).isEqualTo(OPTIONS);
        assertThat(draft).doesNotExist();
    }

    @Test
    void itIsSaidWhichProgramLeftNone() throws Exception {
        AotCache none = cacheCalled("other.aot");
        run(cache.make(OPTIONS));

        List<Launches.Cached> failed =
                Preparation.settle(
                        List.of(
                                new Launches.Cached("edge", cache, OPTIONS),
                                new Launches.Cached("kafka", none, OPTIONS)));

        assertThat(failed).extracting(Launches.Cached::program).containsExactly("kafka");
        assertThat(cache.isMade(OPTIONS)).isTrue();
    }

    @Test
    void aBrokenOneIsSilentlyStartedWithout() throws Exception {
        run(cache.make(OPTIONS));
        cache.settle(OPTIONS);
        Files.writeString(folder.resolve("app.aot"), "no cache");

        assertThat(run(cache.use(OPTIONS)).strip()).isEqualTo("hello");
    }

    private AotCache cacheCalled(String name) {
        return new AotCache(folder.resolve(name), folder, program());
    }

    private List<String> program() {
        return List.of("-cp", jar().toString(), Program.class.getName());
    }

    private void buildAgain() throws IOException {
        Files.setLastModifiedTime(jar(), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    }

    private Path jar() {
        return folder.resolve("app.jar");
    }

    private static List<String> withLog(List<String> options) {
        List<String> more = new ArrayList<>(options);
        more.add("-Xlog:class+load");
        return more;
    }

    private String run(List<String> options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(program());
        File output = folder.resolve("output").toFile();
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output)
                        .start();
        assertThat(process.waitFor()).isZero();
        return Files.readString(output.toPath(), StandardCharsets.UTF_8);
    }
}
