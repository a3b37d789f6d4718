package dev.parley.testing.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackTest {
    private static final String DESCRIPTION =
            """
            {"edge": "http://127.0.0.1:8080",
             "provider": {"kind": "simulated", "url": "http://127.0.0.1:8090"},
             "services": {"identity-service": [{"url": "http://127.0.0.1:8081", "pid": 11}],
                          "llm-gateway-service": [{"pid": 12}, {"pid": 13}]},
             "postgres": {"url": "jdbc:postgresql://127.0.0.1:5433/", "user": "parley"},
             "kafka": {"bootstrap": "127.0.0.1:9092"}}
            """;

    @TempDir private Path folder = Path.of("");

    @Test
    void readsWhereEverythingRuns() throws IOException {
        Stack stack = Stack.read(write(DESCRIPTION));

        assertThat(stack.base()).isEqualTo(URI.create("http://127.0.0.1:8080/v1"));
        assertThat(stack.provider()).isEqualTo(URI.create("http://127.0.0.1:8090"));
        assertThat(stack.apiKey()).isEqualTo("sk-parley-x=y");
        assertThat(stack.services())
                .containsExactly(
                        new Stack.Service("identity-service", 11),
                        new Stack.Service("llm-gateway-service", 12),
                        new Stack.Service("llm-gateway-service", 13));
        assertThat(stack.postgresPort()).hasValue(5433);
        assertThat(stack.kafkaPort()).hasValue(9092);
    }

    @Test
    void refusesAStackWhoseAnswersTakeTime() throws IOException {
        Path description = write(DESCRIPTION.replace("simulated", "ollama"));

        assertThatIllegalArgumentException().isThrownBy(() -> Stack.read(description));
    }

    @Test
    void readsVariablesHoweverTheyAreWritten() {
        List<String> lines = List.of("# a comment", "export B='two words'", "A=1", "AB=\"3\"");

        assertThat(Stack.variable(lines, "A")).hasValue("1");
        assertThat(Stack.variable(lines, "B")).hasValue("two words");
        assertThat(Stack.variable(lines, "AB")).hasValue("3");
        assertThat(Stack.variable(lines, "C")).isEmpty();
    }

    private Path write(String description) throws IOException {
        Files.writeString(folder.resolve("demo.env"), "PARLEY_API_KEY=sk-parley-x=y\n");
        return Files.writeString(folder.resolve("stack.json"), description);
    }
}
