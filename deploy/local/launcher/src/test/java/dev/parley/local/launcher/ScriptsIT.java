package dev.parley.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptsIT {
    @TempDir private Path folder;

    @Test
    void anOldJavaHomeIsPassedOver() throws IOException {
        Path old = jdk("jdk-17", "17.0.12");
        Path current = jdk("jdk-25", "25.0.3");

        assertThat(chosen(Map.of("JAVA_HOME", old.toString(), "JAVA_25_HOME", current.toString())))
                .isNotEqualTo(old.toString())
                .isNotBlank();
    }

    @Test
    void aJavaHomeThatIsNewEnoughIsTaken() throws IOException {
        Path newer = jdk("jdk-26", "26");

        assertThat(chosen(Map.of("JAVA_HOME", newer.toString()))).isEqualTo(newer.toString());
    }

    @Test
    void aRuntimeWithoutACompilerIsNoJdk() throws IOException {
        Path runtime = jdk("jre-25", "25.0.3");
        Files.delete(runtime.resolve("bin/javac"));

        assertThat(chosen(Map.of("JAVA_HOME", runtime.toString())))
                .isNotEqualTo(runtime.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"parley", "mvnw"})
    void whereNoJdkIsNewEnoughOneLineSaysWhatToInstall(String script) throws Exception {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        Files.writeString(programs.resolve("sed"), "#!/bin/sh\necho 17\n")
                .toFile()
                .setExecutable(true);
        ProcessBuilder shell =
                new ProcessBuilder("sh", repository().resolve(script).toString(), "up");
        shell.environment().compute("PATH", (name, path) -> programs + File.pathSeparator + path);

        Process process = shell.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said)
                .isEqualTo(
                        "Parley needs a JDK 25 or newer: install one (Eclipse Temurin 25, say) or"
                                + " set JAVA_HOME to it.\n");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    @Test
    void theWrapperDownloadsFromApacheItself() throws IOException {
        Properties wrapper = new Properties();
        wrapper.load(
                new StringReader(
                        Files.readString(
                                repository().resolve(".mvn/wrapper/maven-wrapper.properties"))));

        assertThat(wrapper.getProperty("distributionType")).isEqualTo("only-script");
        assertThat(wrapper.getProperty("distributionUrl"))
                .startsWith("https://archive.apache.org/dist/maven/")
                .endsWith("-bin.zip");
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.createFile(home.resolve("bin/javac")).toFile().setExecutable(true);
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private String chosen(Map<String, String> environment) throws IOException {
        ProcessBuilder shell =
                new ProcessBuilder(
                        "sh",
                        "-euc",
                        ". \"$1\"; printf %s \"$JAVA_HOME\"",
                        "sh",
                        repository().resolve(".mvn/wrapper/find-jdk.sh").toString());
        shell.environment().remove("JAVA_25_HOME");
        shell.environment().putAll(environment);
        Process process = shell.start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private Path repository() {
        return StackOptions.forTests(folder).repository();
    }
}
