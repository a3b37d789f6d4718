package dev.parley.testing.contract;

import org.jspecify.annotations.Nullable;

/**
 * One request and its whole answer.
 *
 * @param path without the query
 * @param requestBody the JSON that was sent, or null
 * @param contentType of the answer, or null
 * @param requestId the answer's {@code x-request-id}, or null
 */
public record Exchange(
        String method,
        String path,
        @Nullable String requestBody,
        int status,
        @Nullable String contentType,
        @Nullable String requestId,
        String body) {

    boolean isSuccess() {
        return status < 400;
    }

    /** The answer's media type without its parameters. */
    String mediaType() {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip();
    }

    @Override
    public String toString() {
        return method + " " + path + " -> " + status + " " + mediaType();
    }
}
