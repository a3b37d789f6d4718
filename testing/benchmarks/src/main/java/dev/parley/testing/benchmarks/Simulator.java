package dev.parley.testing.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The simulated provider's own paths. */
final class Simulator {
    private final URI provider;

    Simulator(URI provider) {
        this.provider = provider;
    }

    /** From now on it answers at once, each answer {@code tokens} long. */
    void answerAtOnce(int tokens) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(provider.resolve("/simulator/behaviour"))
                        .header("content-type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"tokens\":" + tokens + "}"))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("the simulator refuses its behaviour: " + response.body());
            }
        }
    }
}
