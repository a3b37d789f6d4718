package dev.parley.testing.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The simulated provider's own paths. */
final class Simulator {
    private final URI provider;

    Simulator(URI provider) {
        this.provider = provider;
    }

    /** Forgets the calls so far, and from now on answers at once, {@code tokens} long. */
    void answerAtOnce(int tokens) throws IOException, InterruptedException {
        send(request("/simulator/reset").POST(HttpRequest.BodyPublishers.noBody()));
        send(
                request("/simulator/behaviour")
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"tokens\":" + tokens + "}")));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(provider.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .header("content-type", "application/json");
    }

    private static void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("the simulated provider refuses: " + response.body());
            }
        }
    }
}
