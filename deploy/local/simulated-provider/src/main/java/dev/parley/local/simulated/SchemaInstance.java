package dev.parley.local.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.SplittableRandom;

/** A value that satisfies a JSON schema, for the keywords that tools and formats use. */
final class SchemaInstance {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Recursive schemas end here, with the least that they allow. */
    private static final int DEPTH = 6;

    private final JsonNode root;
    private final SplittableRandom random;

    private SchemaInstance(JsonNode root, SplittableRandom random) {
        this.root = root;
        this.random = random;
    }

    static JsonNode of(JsonNode schema, SplittableRandom random) {
        return new SchemaInstance(schema, random).value(schema, 0);
    }

    private JsonNode value(JsonNode declared, int depth) {
        JsonNode schema = resolved(declared, depth);
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (!schema.path("enum").isEmpty()) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
        }
        return switch (typeOf(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "integer" -> JSON.numberNode(integer(schema));
            case "number" -> number(schema);
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "null" -> JSON.nullNode();
            default -> JSON.textNode(string(schema));
        };
    }

    private JsonNode resolved(JsonNode schema, int depth) {
        if (schema.path("$ref").isTextual() && depth <= DEPTH * 2) {
            String pointer = schema.get("$ref").asText().replaceFirst("^#", "");
            return resolved(root.at(pointer), depth + 1);
        }
        for (String choice : new String[] {"anyOf", "oneOf"}) {
            if (!schema.path(choice).isEmpty()) {
                // Past the depth the last alternative, which by custom is the simple one.
                int index = depth < DEPTH ? 0 : schema.get(choice).size() - 1;
                return resolved(schema.get(choice).get(index), depth + 1);
            }
        }
        return schema.path("allOf").isEmpty() ? schema : merged(schema, depth);
    }

    private JsonNode merged(JsonNode schema, int depth) {
        ObjectNode all = JSON.objectNode();
        ObjectNode properties = all.putObject("properties");
        ArrayNode required = all.putArray("required");
        for (JsonNode part : schema.get("allOf")) {
            JsonNode resolved = resolved(part, depth + 1);
            resolved.properties().stream()
                    .filter(it -> !it.getKey().equals("properties"))
                    .filter(it -> !it.getKey().equals("required"))
                    .forEach(it -> all.set(it.getKey(), it.getValue()));
            resolved.path("properties")
                    .properties()
                    .forEach(it -> properties.set(it.getKey(), it.getValue()));
            resolved.path("required").forEach(required::add);
        }
        schema.path("properties")
                .properties()
                .forEach(it -> properties.set(it.getKey(), it.getValue()));
        return all;
    }

    private static String typeOf(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray() && !type.isEmpty()) {
            return type.get(0).asText();
        }
        if (type.isTextual()) {
            return type.asText();
        }
        if (schema.has("items")) {
            return "array";
        }
        if (schema.has("minimum") || schema.has("maximum")) {
            return "number";
        }
        return schema.has("minLength") || schema.has("format") ? "string" : "object";
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            if (depth < DEPTH || requires(schema, property.getKey())) {
                object.set(property.getKey(), value(property.getValue(), depth + 1));
            }
        }
        for (JsonNode name : schema.path("required")) {
            if (!object.has(name.asText())) {
                object.put(name.asText(), "simulated");
            }
        }
        return object;
    }

    private static boolean requires(JsonNode schema, String property) {
        for (JsonNode name : schema.path("required")) {
            if (name.asText().equals(property)) {
                return true;
            }
        }
        return false;
    }

    private ArrayNode array(JsonNode schema, int depth) {
        int least = schema.path("minItems").asInt(0);
        int most = schema.path("maxItems").asInt(Integer.MAX_VALUE);
        int size = Math.min(most, Math.max(least, depth < DEPTH ? 2 : 0));
        ArrayNode array = JSON.arrayNode();
        for (int i = 0; i < size; i++) {
            JsonNode item = schema.path("prefixItems").path(i);
            array.add(value(item.isMissingNode() ? schema.path("items") : item, depth + 1));
        }
        return array;
    }

    private long integer(JsonNode schema) {
        long step = Math.max(1, schema.path("multipleOf").asLong(1));
        long least = (long) Math.ceil(least(schema, 1));
        long most = (long) Math.floor(most(schema, least + 100.0 * step));
        long first = Math.ceilDiv(least, step);
        long last = Math.max(first, Math.floorDiv(most, step));
        return step * (first + random.nextLong(Math.min(last - first + 1, 1_000)));
    }

    private JsonNode number(JsonNode schema) {
        if (schema.has("multipleOf")) {
            double step = schema.get("multipleOf").asDouble();
            return JSON.numberNode(step * Math.ceil(least(schema, 0) / step));
        }
        double least = least(schema, 0);
        double most = most(schema, least + 100);
        return JSON.numberNode(least + (most - least) / 2);
    }

    private static double least(JsonNode schema, double nudge) {
        if (schema.has("exclusiveMinimum")) {
            double bound = schema.get("exclusiveMinimum").asDouble();
            return nudge > 0 ? Math.floor(bound) + nudge : Math.nextUp(bound);
        }
        double most = schema.path("maximum").asDouble(schema.path("exclusiveMaximum").asDouble(1));
        return schema.path("minimum").asDouble(Math.min(0, most - 1));
    }

    private static double most(JsonNode schema, double otherwise) {
        if (schema.has("exclusiveMaximum")) {
            return Math.nextDown(schema.get("exclusiveMaximum").asDouble());
        }
        return schema.path("maximum").asDouble(otherwise);
    }

    private String string(JsonNode schema) {
        String text =
                switch (schema.path("format").asText()) {
                    case "date-time" -> "2026-01-02T03:04:05Z";
                    case "date" -> "2026-01-02";
                    case "time" -> "03:04:05Z";
                    case "duration" -> "PT1M";
                    case "email" -> "simulated@example.com";
                    case "hostname" -> "simulated.example.com";
                    case "ipv4" -> "192.0.2.1";
                    case "ipv6" -> "2001:db8::1";
                    case "uri", "uri-reference" -> "https://example.com/simulated";
                    case "uuid" -> "00000000-0000-4000-8000-000000000000";
                    default -> "simulated";
                };
        int least = schema.path("minLength").asInt(0);
        int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
        String longEnough = text.length() < least ? text + "x".repeat(least - text.length()) : text;
        return longEnough.length() > most ? longEnough.substring(0, most) : longEnough;
    }
}
