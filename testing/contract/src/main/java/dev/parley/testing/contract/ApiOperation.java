package dev.parley.testing.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One operation of a document.
 *
 * @param parameters all that it takes, its path's too, none of them a reference
 */
public record ApiOperation(
        String verb, String path, JsonNode description, List<JsonNode> parameters) {
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

    long variableSegments() {
        return PARAMETER.matcher(path).results().count();
    }

    /** The names of its parameters that stand in {@code where}: path, query, header, cookie. */
    List<String> parameterNames(String where) {
        return parameters.stream()
                .filter(it -> it.path("in").asText().equals(where))
                .map(it -> it.path("name").asText())
                .toList();
    }

    /**
     * Whether it takes a query's parameter; one that has members also takes {@code name[member]}.
     */
    boolean takes(String query) {
        return parameters.stream()
                .filter(it -> it.path("in").asText().equals("query"))
                .anyMatch(
                        it ->
                                it.path("name").asText().equals(query)
                                        || (it.path("style").asText().equals("deepObject")
                                                && query.startsWith(
                                                        it.path("name").asText() + "[")));
    }

    @Override
    public String toString() {
        return name();
    }
}
