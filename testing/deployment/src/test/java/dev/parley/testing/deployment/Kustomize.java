package dev.parley.testing.deployment;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * As much of kustomize as our overlays use, strictly: what it does not know is an error. Names of
 * generated ConfigMaps stay without the hash that kustomize appends.
 */
final class Kustomize {
    private Kustomize() {}

    record Kustomization(
            String apiVersion,
            String kind,
            @Nullable String namespace,
            @Nullable List<String> resources,
            @Nullable List<Generator> configMapGenerator,
            @Nullable List<Image> images,
            @Nullable List<Patch> patches) {}

    record Generator(
            String name,
            @Nullable List<String> files,
            @Nullable List<String> literals,
            @Nullable Options options) {}

    record Options(boolean disableNameSuffixHash) {}

    record Image(String name, @Nullable String newName, String newTag) {}

    record Patch(Target target, String patch) {}

    /** What {@code name}, a pattern, matches as a whole. */
    record Target(String kind, String name) {}

    /** The objects of the kustomization in {@code folder}. */
    static List<ObjectNode> build(Path folder) {
        Kustomization it = read(folder);
        List<ObjectNode> objects = new ArrayList<>();
        for (String resource : orNone(it.resources())) {
            Path path = folder.resolve(resource).normalize();
            if (Files.isDirectory(path)) {
                objects.addAll(build(path));
            } else {
                Yaml.documents(Checkout.read(path))
                        .forEach(document -> objects.add((ObjectNode) document));
            }
        }
        orNone(it.configMapGenerator()).forEach(map -> objects.add(generate(folder, map)));
        orNone(it.patches()).forEach(patch -> apply(patch, objects));
        if (it.namespace() != null) {
            objects.forEach(object -> place(object, it.namespace()));
        }
        orNone(it.images()).forEach(image -> rename(image, objects));
        refuseDuplicates(objects);
        return objects;
    }

    /** The generated ConfigMaps whose names change with what they hold. */
    static Set<String> hashed(Path folder) {
        Kustomization it = read(folder);
        Set<String> names = new LinkedHashSet<>();
        for (String resource : orNone(it.resources())) {
            Path path = folder.resolve(resource).normalize();
            if (Files.isDirectory(path)) {
                names.addAll(hashed(path));
            }
        }
        orNone(it.configMapGenerator()).stream()
                .filter(map -> map.options() == null || !map.options().disableNameSuffixHash())
                .forEach(map -> names.add(map.name()));
        return names;
    }

    private static Kustomization read(Path folder) {
        try {
            Kustomization read =
                    Yaml.JSON.treeToValue(
                            Yaml.document(Checkout.read(folder.resolve("kustomization.yaml"))),
                            Kustomization.class);
            if (!read.kind().equals("Kustomization")) {
                throw new IllegalArgumentException(folder + " holds a " + read.kind());
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(folder + ": " + e.getMessage(), e);
        }
    }

    private static <T> List<T> orNone(@Nullable List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }

    private static ObjectNode generate(Path folder, Generator generator) {
        ObjectNode map = Yaml.JSON.createObjectNode();
        map.put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata").put("name", generator.name());
        ObjectNode data = map.putObject("data");
        for (String file : orNone(generator.files())) {
            data.put(Path.of(file).getFileName().toString(), Checkout.read(folder.resolve(file)));
        }
        for (String literal : orNone(generator.literals())) {
            int end = literal.indexOf('=');
            if (end < 1 || data.has(literal.substring(0, end))) {
                throw new IllegalArgumentException("not a new literal: " + literal);
            }
            data.put(literal.substring(0, end), literal.substring(end + 1));
        }
        return map;
    }

    private static void place(ObjectNode object, String namespace) {
        if (!object.path("kind").asText().equals("Namespace")) {
            ((ObjectNode) object.get("metadata")).put("namespace", namespace);
        }
    }

    private static void rename(Image image, List<ObjectNode> objects) {
        int renamed = 0;
        for (ObjectNode object : objects) {
            for (JsonNode container : Cluster.containersOf(object)) {
                if (container.path("image").asText().equals(image.name())) {
                    String name = Objects.requireNonNullElse(image.newName(), image.name());
                    ((ObjectNode) container).put("image", name + ":" + image.newTag());
                    renamed++;
                }
            }
        }
        if (renamed == 0) {
            throw new IllegalArgumentException("no container has the image " + image.name());
        }
    }

    /** JSON Patch (RFC 6902), of which {@code add}, {@code replace} and {@code remove}. */
    private static void apply(Patch patch, List<ObjectNode> objects) {
        for (ObjectNode target : named(patch.target(), objects)) {
            apply(Yaml.document(patch.patch()), target);
        }
    }

    private static void apply(JsonNode operations, ObjectNode target) {
        for (JsonNode operation : operations) {
            JsonPointer path = JsonPointer.compile(operation.path("path").asText());
            JsonNode parent = target.at(path.head());
            String last = path.last().getMatchingProperty();
            boolean there = !target.at(path).isMissingNode();
            switch (operation.path("op").asText()) {
                case "add" -> add(parent, last, operation.required("value"));
                case "replace" -> {
                    refuseUnless(there, path);
                    add(parent, last, operation.required("value"));
                }
                case "remove" -> {
                    refuseUnless(there, path);
                    ((ObjectNode) parent).remove(last);
                }
                default -> throw new IllegalArgumentException("cannot " + operation);
            }
        }
    }

    private static List<ObjectNode> named(Target target, List<ObjectNode> objects) {
        List<ObjectNode> found =
                objects.stream()
                        .filter(it -> it.path("kind").asText().equals(target.kind()))
                        .filter(it -> it.at("/metadata/name").asText().matches(target.name()))
                        .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException(target + " names no object");
        }
        return found;
    }

    private static void add(JsonNode parent, String name, JsonNode value) {
        if (parent instanceof ArrayNode array && name.equals("-")) {
            array.add(value);
        } else if (parent instanceof ObjectNode object) {
            object.set(name, value);
        } else {
            throw new IllegalArgumentException("no object to put " + name + " into");
        }
    }

    private static void refuseUnless(boolean there, JsonPointer path) {
        if (!there) {
            throw new IllegalArgumentException("nothing stands at " + path);
        }
    }

    private static void refuseDuplicates(List<ObjectNode> objects) {
        Set<String> names = new LinkedHashSet<>();
        for (ObjectNode object : objects) {
            String name = object.path("kind").asText() + "/" + object.at("/metadata/name").asText();
            if (!names.add(name)) {
                throw new IllegalArgumentException(name + " stands twice");
            }
        }
    }
}
