package dev.parley.testing.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One operation of a document. */
public record ApiOperation(String verb, String path, JsonNode description) {
    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]+}");

    /** Verb and path. */
    public String name() {
        return verb + " " + path;
    }

    /** Its {@code operationId}; empty when it has none. */
    public String id() {
        return description.path("operationId").asText();
    }

    /** Any of these scopes opens it; empty when none is asked for. */
    public Set<String> scopes() {
        return security().stream()
                .flatMap(one -> one.propertyStream())
                .flatMap(scheme -> scheme.getValue().valueStream())
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether it asks for a token at all. */
    public boolean isSecured() {
        return security().stream().anyMatch(one -> one.has("bearer"));
    }

    private List<JsonNode> security() {
        return description.path("security").valueStream().toList();
    }

    /** The statuses that it documents. */
    public Collection<String> statuses() {
        return description
                .path("responses")
                .propertyStream()
                .map(java.util.Map.Entry::getKey)
                .toList();
    }

    JsonNode answer(int status) {
        return description.path("responses").path(Integer.toString(status));
    }

    JsonNode requestSchema() {
        return description
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
    }

    boolean matches(String asked) {
        String literal =
                Arrays.stream(PARAMETER.split(path, -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining("[^/]+"));
        return asked.matches(literal);
    }

    long parameters() {
        return PARAMETER.matcher(path).results().count();
    }
}
