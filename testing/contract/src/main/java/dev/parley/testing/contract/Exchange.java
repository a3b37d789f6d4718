package dev.parley.testing.contract;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One request and its whole answer.
 *
 * @param path without the query
 * @param query as it was sent, or null
 * @param requestBody the JSON that was sent, or null
 * @param headers of the answer, by their names in lower case
 * @param whole whether those are all of its headers
 */
public record Exchange(
        String method,
        String path,
        @Nullable String query,
        @Nullable String requestBody,
        int status,
        Map<String, String> headers,
        boolean whole,
        String body) {

    public Exchange {
        headers = Map.copyOf(headers);
    }

    /** One whose query and other headers nobody noted. */
    public Exchange(
            String method,
            String path,
            @Nullable String requestBody,
            int status,
            @Nullable String contentType,
            @Nullable String requestId,
            String body) {
        this(method, path, null, requestBody, status, noted(contentType, requestId), false, body);
    }

    private static Map<String, String> noted(
            @Nullable String contentType, @Nullable String requestId) {
        Map<String, String> headers = new HashMap<>();
        if (contentType != null) {
            headers.put("content-type", contentType);
        }
        if (requestId != null) {
            headers.put("x-request-id", requestId);
        }
        return headers;
    }

    boolean isSuccess() {
        return status < 400;
    }

    /** The names of the query's parameters. */
    List<String> queryNames() {
        return query == null || query.isEmpty()
                ? List.of()
                : Stream.of(query.split("&", -1))
                        .map(it -> it.split("=", 2)[0])
                        .map(it -> URLDecoder.decode(it, StandardCharsets.UTF_8))
                        .distinct()
                        .toList();
    }

    boolean tells(String header) {
        return headers.containsKey(header);
    }

    /** The answer's media type without its parameters. */
    String mediaType() {
        return Optional.ofNullable(headers.get("content-type"))
                .map(it -> it.split(";", 2)[0].strip())
                .orElse("");
    }

    @Override
    public String toString() {
        return method + " " + path + " -> " + status + " " + mediaType();
    }
}
