package dev.parley.testing.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testing.contract.ApiDocument;
import dev.parley.testing.contract.ApiOperation;
import dev.parley.testing.contract.Exchange;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The five services' OpenAPI documents, and which of their operations were seen to answer what. */
final class Documents {
    private final List<ApiDocument> documents;
    private final Set<String> succeeded = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    private Documents(List<ApiDocument> documents) {
        this.documents = documents;
    }

    /** Those that the one origin serves. */
    static Documents servedTo(Caller caller) {
        return new Documents(
                Stack.SERVICES.stream()
                        .map(service -> caller.get("/openapi/" + service + ".json").ok(200))
                        .map(answer -> ApiDocument.of(answer.body()))
                        .toList());
    }

    List<ApiOperation> operations() {
        return documents.stream().flatMap(document -> document.operations().stream()).toList();
    }

    boolean sawSuccessOf(ApiOperation operation) {
        return succeeded.contains(operation.name());
    }

    boolean sawRefusalOf(ApiOperation operation) {
        return refused.contains(operation.name());
    }

    /**
     * Notes an answer; one that is not as its document says is an error of the test that saw it.
     */
    void check(HttpRequest request, @Nullable String json, HttpResponse<String> answer) {
        String path = request.uri().getPath();
        for (ApiDocument document : documents) {
            Optional<ApiOperation> operation = document.operation(request.method(), path);
            if (operation.isPresent()) {
                (answer.statusCode() < 400 ? succeeded : refused).add(operation.get().name());
                List<String> faults =
                        document.faultsOf(
                                new Exchange(
                                        request.method(),
                                        path,
                                        request.uri().getRawQuery(),
                                        json,
                                        answer.statusCode(),
                                        headersOf(answer),
                                        true,
                                        Objects.requireNonNullElse(answer.body(), "")));
                if (!faults.isEmpty()) {
                    throw new AssertionError(String.join("\n", faults) + "\n" + answer.body());
                }
            }
        }
    }

    private static Map<String, String> headersOf(HttpResponse<String> answer) {
        return answer.headers().map().entrySet().stream()
                .collect(
                        Collectors.toMap(
                                header -> header.getKey().toLowerCase(Locale.ROOT),
                                header -> String.join(",", header.getValue())));
    }

    /** The body as JSON, for the document's view of the request; null when it is none. */
    static @Nullable String jsonOf(byte @Nullable [] body, String contentType) {
        if (body == null || !contentType.startsWith("application/json")) {
            return null;
        }
        JsonNode json = Answer.tryParse(new String(body, StandardCharsets.UTF_8));
        return json == null ? null : json.toString();
    }
}
