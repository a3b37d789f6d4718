package dev.parley.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.parley.local.embedded.FreePort;
import dev.parley.local.simulated.SimulatedProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelProviderIT {

    @ParameterizedTest
    @CsvSource({
        "'', http://127.0.0.1:11434",
        "localhost, http://localhost:11434",
        "localhost:1234, http://localhost:1234",
        "0.0.0.0, http://127.0.0.1:11434",
        ":1234, http://127.0.0.1:1234",
        "http://models.example, http://models.example:80",
        "https://models.example, https://models.example:443",
        "http://models.example:1234/, http://models.example:1234"
    })
    void readsOllamasHostAsOllamaDoes(String host, String url) {
        assertThat(ModelProvider.address(host)).isEqualTo(url);
    }

    @Test
    void takesTheOllamaThatAnswers() {
        try (SimulatedProvider ollama = SimulatedProvider.start(0)) {
            ModelProvider found =
                    ModelProvider.choose(ProviderChoice.WHICH_ANSWERS, ollama.url(), 1);

            assertThat(found.kind()).isEqualTo(ModelProvider.Kind.OLLAMA);
            assertThat(found.url()).isEqualTo(ollama.url());
            assertThat(found.defaultModel()).isEqualTo("simulated");
            assertThat(ModelProvider.choose(ProviderChoice.SIMULATED, ollama.url(), 18_003))
                    .isEqualTo(ModelProvider.simulated(18_003));
        }
    }

    @Test
    void takesTheSimulatedProviderWhereNoOllamaAnswers() {
        String nobody = "http://127.0.0.1:" + FreePort.find();

        assertThat(ModelProvider.choose(ProviderChoice.WHICH_ANSWERS, nobody, 18_003))
                .isEqualTo(ModelProvider.simulated(18_003));
        assertThatThrownBy(() -> ModelProvider.choose(ProviderChoice.OLLAMA, nobody, 18_003))
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining(nobody);
    }

    @Test
    void anOllamaWithoutModelsIsNoUse() throws IOException {
        HttpServer empty =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        empty.createContext(
                "/api/tags",
                exchange -> {
                    byte[] none = "{\"models\":[]}".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, none.length);
                    exchange.getResponseBody().write(none);
                    exchange.close();
                });
        empty.start();
        String url = "http://127.0.0.1:" + empty.getAddress().getPort();
        try {
            assertThat(ModelProvider.choose(ProviderChoice.WHICH_ANSWERS, url, 18_003))
                    .isEqualTo(ModelProvider.simulated(18_003));
            assertThatThrownBy(() -> ModelProvider.choose(ProviderChoice.OLLAMA, url, 18_003))
                    .hasMessageContaining("no model");
        } finally {
            empty.stop(0);
        }
    }
}
