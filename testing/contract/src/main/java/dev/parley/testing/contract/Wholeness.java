package dev.parley.testing.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a document agrees with itself, whether or not anything of it is ever asked for. */
final class Wholeness {
    private static final Pattern TEMPLATE = Pattern.compile("\\{([^}]+)}");

    private final JsonNode document;
    private final List<String> faults = new ArrayList<>();

    private Wholeness(JsonNode document) {
        this.document = document;
    }

    static List<String> faultsOf(JsonNode document, Iterable<ApiOperation> operations) {
        Wholeness wholeness = new Wholeness(document);
        wholeness.references("", document);
        wholeness.paths();
        Set<String> ids = new HashSet<>();
        for (ApiOperation operation : operations) {
            wholeness.unless(
                    !operation.id().isEmpty() && ids.add(operation.id()),
                    operation + " has no operationId of its own");
            wholeness.parameters(operation);
            wholeness.security(operation);
            wholeness.answers(operation);
        }
        return List.copyOf(wholeness.faults);
    }

    private void unless(boolean right, String fault) {
        if (!right) {
            faults.add(fault);
        }
    }

    private void references(String place, JsonNode node) {
        JsonNode reference = node.path("$ref");
        if (reference.isTextual()) {
            resolves(place, reference.asText());
        }
        node.path("discriminator")
                .path("mapping")
                .forEach(it -> resolves(place + "/discriminator", it.asText()));
        node.propertyStream().forEach(it -> references(place + "/" + it.getKey(), it.getValue()));
        if (node.isArray()) {
            node.forEach(it -> references(place + "/-", it));
        }
    }

    private void resolves(String place, String reference) {
        unless(
                reference.startsWith("#/") && !document.at(reference.substring(1)).isMissingNode(),
                place + " refers to nothing: " + reference);
    }

    /** Two paths that differ in the names of their parameters alone are one path (OpenAPI 3.1). */
    private void paths() {
        Set<String> known = new HashSet<>();
        document.path("paths")
                .propertyStream()
                .map(Map.Entry::getKey)
                .forEach(
                        it ->
                                unless(
                                        known.add(TEMPLATE.matcher(it).replaceAll("{}")),
                                        it + " stands twice"));
    }

    private void parameters(ApiOperation operation) {
        Set<String> named =
                TEMPLATE.matcher(operation.path())
                        .results()
                        .map(it -> it.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> declared = new TreeSet<>(operation.parameterNames("path"));
        unless(
                named.equals(declared),
                operation + " names " + named + " in its path and declares " + declared);
        Set<String> known = new HashSet<>();
        for (JsonNode parameter : operation.parameters()) {
            String name = parameter.path("in").asText() + " " + parameter.path("name").asText();
            unless(known.add(name), operation + " declares twice: " + name);
            unless(parameter.has("schema"), operation + " has a parameter of no type: " + name);
            unless(
                    !name.startsWith("path ") || parameter.path("required").asBoolean(),
                    operation + " could do without: " + name);
        }
    }

    private void security(ApiOperation operation) {
        Stream.of(document.path("security"), operation.description().path("security"))
                .flatMap(JsonNode::valueStream)
                .flatMap(JsonNode::propertyStream)
                .map(Map.Entry::getKey)
                .forEach(
                        it ->
                                unless(
                                        document.path("components").path("securitySchemes").has(it),
                                        operation + " is secured by nothing: " + it));
    }

    private void answers(ApiOperation operation) {
        unless(!operation.statuses().isEmpty(), operation + " has no answer");
        operation
                .description()
                .path("responses")
                .propertyStream()
                .forEach(
                        it ->
                                unless(
                                        it.getValue().has("description")
                                                || it.getValue().has("$ref"),
                                        operation + " does not say what " + it.getKey() + " is"));
    }
}
