package dev.parley.conversation;

import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A stream that a test reads piece by piece and may close. */
final class OpenStream implements AutoCloseable {
    private final HttpResponse<InputStream> answer;
    private final BufferedReader lines;
    private final StringBuilder read = new StringBuilder();

    private OpenStream(HttpRequest request) throws IOException, InterruptedException {
        answer =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()
                        .send(request, HttpResponse.BodyHandlers.ofInputStream());
        lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    static OpenStream post(Service.Person person, String json)
            throws IOException, InterruptedException {
        return post(person, RestAssured.port, json);
    }

    static OpenStream post(Service.Person person, int port, String json)
            throws IOException, InterruptedException {
        return new OpenStream(
                to(person, port, "/v1/responses")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    static OpenStream post(Service.Person person, String json, String header, String value)
            throws IOException, InterruptedException {
        return new OpenStream(
                to(person, RestAssured.port, "/v1/responses")
                        .header(header, value)
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    static OpenStream get(Service.Person person, String path)
            throws IOException, InterruptedException {
        return new OpenStream(to(person, RestAssured.port, path).GET().build());
    }

    private static HttpRequest.Builder to(Service.Person person, int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + person.token())
                .header("Content-Type", "application/json");
    }

    int status() {
        return answer.statusCode();
    }

    @Nullable String header(String name) {
        return answer.headers().firstValue(name).orElse(null);
    }

    /** Reads until an event of the type has come whole; returns the events so far. */
    Events until(String type) throws IOException {
        boolean found = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            read.append(line).append('\n');
            found |= line.equals("event: " + type);
            if (found && line.isEmpty()) {
                return events();
            }
        }
        throw new AssertionError("the stream ended without " + type + ": " + read);
    }

    /** Reads to the end. */
    Events toTheEnd() throws IOException {
        for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
            read.append(line).append('\n');
        }
        return events();
    }

    private Events events() {
        return Events.of(read.toString());
    }

    String responseId() {
        return events().all().getFirst().path("response").path("id").asText();
    }

    @Override
    public void close() throws IOException {
        answer.body().close();
    }
}
