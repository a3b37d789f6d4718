package dev.parley.testing.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Someone who speaks plain HTTP to one address, with or without a Bearer token. */
final class Caller {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final URI origin;
    private final @Nullable String bearer;
    private final @Nullable Documents documents;

    Caller(URI origin, @Nullable String bearer) {
        this(origin, bearer, null);
    }

    private Caller(URI origin, @Nullable String bearer, @Nullable Documents documents) {
        this.origin = origin;
        this.bearer = bearer;
        this.documents = documents;
    }

    Caller with(String token) {
        return new Caller(origin, token, documents);
    }

    /** The same, whose answers have to be as these say. */
    Caller heldTo(Documents said) {
        return new Caller(origin, bearer, said);
    }

    Answer get(String path) {
        return send("GET", path, null, "application/json");
    }

    Answer delete(String path) {
        return send("DELETE", path, null, "application/json");
    }

    Answer post(String path, String json, String... headers) {
        return send("POST", path, bytes(json), "application/json", headers);
    }

    Answer patch(String path, String json) {
        return send("PATCH", path, bytes(json), "application/json");
    }

    Answer put(String path, String json) {
        return send("PUT", path, bytes(json), "application/json");
    }

    Answer form(String path, String form, String... headers) {
        return send("POST", path, bytes(form), "application/x-www-form-urlencoded", headers);
    }

    Answer send(
            String method,
            String path,
            byte @Nullable [] body,
            String contentType,
            String... headers) {
        HttpRequest request = request(method, path, body, contentType, headers);
        try {
            HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
            if (documents != null) {
                documents.check(request, Documents.jsonOf(body, contentType), answer);
            }
            return Answer.of(method + " " + path, answer);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks; cancelling it closes the connection, whether an answer has begun or not. */
    CompletableFuture<?> ask(String path, String json) {
        return CLIENT.sendAsync(
                request("POST", path, bytes(json), "application/json"), BodyHandlers.ofLines());
    }

    /**
     * Reads a stream of server-sent events line by line and goes away after {@code lines} lines.
     */
    List<String> lines(String method, String path, @Nullable String json, int lines) {
        List<String> read = new ArrayList<>();
        read(
                method,
                path,
                json,
                each -> {
                    while (read.size() < lines && each.hasNext()) {
                        read.add(each.next());
                    }
                });
        return read;
    }

    /** Hands on each line of a stream as it comes, to the stream's end. */
    void follow(String method, String path, @Nullable String json, Consumer<String> line) {
        read(method, path, json, each -> each.forEachRemaining(line));
    }

    private void read(
            String method, String path, @Nullable String json, Consumer<Iterator<String>> reader) {
        HttpRequest request =
                request(method, path, json == null ? null : bytes(json), "application/json");
        try {
            HttpResponse<Stream<String>> response = CLIENT.send(request, BodyHandlers.ofLines());
            try (Stream<String> stream = response.body()) {
                if (response.statusCode() != 200) {
                    throw new AssertionError(
                            method + " " + path + " -> " + response.statusCode() + stream.toList());
                }
                reader.accept(stream.iterator());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(
            String method,
            String path,
            byte @Nullable [] body,
            String contentType,
            String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(origin + path))
                        .timeout(PATIENCE)
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(body));
        if (body != null) {
            request.header("content-type", contentType);
        }
        if (bearer != null) {
            request.header("authorization", "Bearer " + bearer);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request.build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
