package dev.parley.testing.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A service's OpenAPI document, read strictly: members, statuses, media types and error codes that
 * it does not name are faults.
 */
public final class ApiDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROBLEM = "application/problem+json";

    /**
     * Those that a client acts on: told when they are documented, documented when they are told.
     */
    private static final List<String> TELLING =
            List.of("location", "retry-after", "www-authenticate");

    /** What a path's item holds besides its operations. */
    private static final Set<String> NO_VERBS =
            Set.of("$ref", "summary", "description", "servers", "parameters");

    private final JsonNode document;
    private final StrictSchemas schemas;
    private final Map<String, ApiOperation> operations = new TreeMap<>();

    private ApiDocument(JsonNode document) {
        this.document = document;
        this.schemas = new StrictSchemas(document);
        document.path("paths").properties().forEach(path -> add(path.getKey(), path.getValue()));
    }

    private void add(String path, JsonNode item) {
        item.propertyStream()
                .filter(member -> !NO_VERBS.contains(member.getKey()))
                .map(
                        verb ->
                                new ApiOperation(
                                        verb.getKey().toUpperCase(java.util.Locale.ROOT),
                                        path,
                                        verb.getValue(),
                                        parameters(item, verb.getValue())))
                .forEach(operation -> operations.put(operation.name(), operation));
    }

    private List<JsonNode> parameters(JsonNode item, JsonNode operation) {
        return Stream.of(item, operation)
                .flatMap(it -> it.path("parameters").valueStream())
                .map(this::resolved)
                .toList();
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.startsWith("#/") ? document.at(reference.substring(1)) : node;
    }

    /** What is wrong with the document by itself; empty when it is whole. */
    public List<String> faults() {
        return Wholeness.faultsOf(document, operations.values());
    }

    public static ApiDocument of(String json) {
        try {
            return new ApiDocument(JSON.readTree(json));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("not a document: " + json, malformed);
        }
    }

    /** Every operation, by verb and path. */
    public Collection<ApiOperation> operations() {
        return operations.values();
    }

    /** The operation that a request was for; literal path segments go before parameters. */
    public Optional<ApiOperation> operation(String method, String path) {
        return operations.values().stream()
                .filter(operation -> operation.verb().equals(method) && operation.matches(path))
                .min(java.util.Comparator.comparingLong(ApiOperation::variableSegments));
    }

    /** What an answer has that the document does not say; empty when there is nothing. */
    public List<String> faultsOf(Exchange exchange) {
        Optional<ApiOperation> found = operation(exchange.method(), exchange.path());
        if (found.isEmpty()) {
            return exchange.status() == 404 || exchange.status() == 405
                    ? List.of()
                    : List.of(exchange + ": not in the document");
        }
        List<String> faults = new ArrayList<>();
        if (!exchange.tells("x-request-id")) {
            faults.add("no x-request-id");
        }
        if (exchange.isSuccess()) {
            faults.addAll(faultsOfRequest(found.get(), exchange.requestBody()));
            exchange.queryNames().stream()
                    .filter(name -> !found.get().takes(name))
                    .forEach(name -> faults.add("accepted, but not documented: ?" + name));
        }
        JsonNode answer = found.get().answer(exchange.status());
        if (answer.isMissingNode()) {
            faults.add("the status is not documented");
        } else {
            faults.addAll(faultsOfAnswer(answer, exchange));
            if (exchange.whole()) {
                faults.addAll(faultsOfHeaders(answer, exchange));
            }
        }
        return faults.stream().map(fault -> exchange + ": " + fault).toList();
    }

    private List<String> faultsOfRequest(ApiOperation operation, @Nullable String body) {
        JsonNode schema = operation.requestSchema();
        return body == null || body.isEmpty() || schema.isMissingNode()
                ? List.of()
                : schemas.faultsOf(schema, parse(body)).stream()
                        .map(fault -> "accepted, but not documented: " + fault)
                        .toList();
    }

    private static List<String> faultsOfHeaders(JsonNode answer, Exchange exchange) {
        Set<String> documented =
                answer.path("headers")
                        .propertyStream()
                        .map(header -> header.getKey().toLowerCase(java.util.Locale.ROOT))
                        .collect(Collectors.toSet());
        return TELLING.stream()
                .filter(name -> exchange.tells(name) != documented.contains(name))
                .map(
                        name ->
                                documented.contains(name)
                                        ? "no " + name
                                        : "the header " + name + " is not documented")
                .toList();
    }

    private List<String> faultsOfAnswer(JsonNode answer, Exchange exchange) {
        JsonNode content = answer.path("content");
        if (content.isEmpty()) {
            return exchange.body().isEmpty() ? List.of() : List.of("has a body");
        }
        JsonNode media = content.path(exchange.mediaType());
        if (media.isMissingNode()) {
            return List.of("the media type is not documented");
        }
        return switch (exchange.mediaType()) {
            case "text/event-stream" ->
                    events(exchange.body())
                            .flatMap(
                                    event -> schemas.faultsOf(media.path("schema"), event).stream())
                            .distinct()
                            .toList();
            case PROBLEM -> faultsOfProblem(answer, media, parse(exchange.body()));
            case "application/json" ->
                    schemas.faultsOf(media.path("schema"), parse(exchange.body()));
            default -> List.of();
        };
    }

    private List<String> faultsOfProblem(JsonNode answer, JsonNode media, JsonNode problem) {
        List<String> faults = new ArrayList<>(schemas.faultsOf(media.path("schema"), problem));
        String code = problem.at("/error/code").asText();
        List<String> codes = answer.path("x-codes").valueStream().map(JsonNode::asText).toList();
        if (!codes.contains(code)) {
            faults.add("the code " + code + " is not documented");
        }
        return faults;
    }

    private static Stream<JsonNode> events(String stream) {
        return Pattern.compile("\\r?\\n\\r?\\n")
                .splitAsStream(stream)
                .map(ApiDocument::dataOf)
                .filter(data -> !data.isEmpty() && !data.equals("[DONE]"))
                .map(ApiDocument::parse);
    }

    private static String dataOf(String event) {
        return event.lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring(5).strip())
                .collect(Collectors.joining("\n"));
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new AssertionError("not JSON: " + text, malformed);
        }
    }
}
