package dev.parley.local.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Speaks to the provider as anyone would, over HTTP. */
final class ProviderClient {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    ProviderClient(String url) {
        this.url = url;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(to(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(
                to(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    JsonNode json(HttpResponse<String> answer) {
        return Json.parse(Buffer.buffer(answer.body()));
    }

    List<JsonNode> lines(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(path, body);
        return answer.body()
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> Json.parse(Buffer.buffer(line)))
                .toList();
    }

    void behave(String behaviour) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        to("/simulator/behaviour")
                                .PUT(HttpRequest.BodyPublishers.ofString(behaviour))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalArgumentException(answer.body());
        }
    }

    JsonNode totals() throws IOException, InterruptedException {
        return json(get("/simulator/totals"));
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(20));
    }

    HttpClient http() {
        return http;
    }
}
