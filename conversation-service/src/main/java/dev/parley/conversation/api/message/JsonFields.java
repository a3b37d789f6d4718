package dev.parley.conversation.api.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.platform.web.Errors;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object that a client sent, read by name and type; what is wrong is refused
 * with the member's path. A member that is null counts as absent.
 */
public final class JsonFields {
    private static final Set<String> NOTHING = Set.of();
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final JsonNode object;
    private final String path;

    private JsonFields(JsonNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** A request's body; an absent one counts as an empty object where that is allowed. */
    public static JsonFields ofBody(ObjectMapper json, byte[] body, boolean mayBeAbsent) {
        if (body.length == 0 && mayBeAbsent) {
            return new JsonFields(json.createObjectNode(), "");
        }
        try {
            JsonNode node = json.readTree(text(body));
            if (node == null || !node.isObject()) {
                throw Problem.of(400, "invalid_request", "The body has to be a JSON object.")
                        .asException();
            }
            return new JsonFields(node, "");
        } catch (JsonProcessingException malformed) {
            throw Errors.jsonProblem(malformed).asException();
        } catch (IOException unreadable) {
            throw Problem.of(400, "invalid_request", "The body is not readable.").asException();
        }
    }

    /**
     * A body's text. Jackson's parser of bytes takes names for malformed in which surrogates are
     * escaped, pairs too; the one of characters reads them.
     */
    private static String text(byte[] body) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    /** An object that stands somewhere in a body. */
    public static JsonFields of(JsonNode node, String path) {
        if (!node.isObject()) {
            throw Problem.invalid(path, path + " has to be an object").asException();
        }
        return new JsonFields(node, path.isEmpty() ? "" : path + ".");
    }

    public String path(String name) {
        return path + name;
    }

    public boolean has(String name) {
        return object.hasNonNull(name);
    }

    /** Whether the member is there, be it null. */
    public boolean mentions(String name) {
        return object.has(name);
    }

    public @Nullable JsonNode node(String name) {
        return object.hasNonNull(name) ? object.get(name) : null;
    }

    public @Nullable String text(String name) {
        JsonNode node = node(name);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            throw wrong(name, "a string");
        }
        return node.textValue();
    }

    public @Nullable String text(String name, int longest) {
        String text = text(name);
        if (text != null && text.length() > longest) {
            throw wrong(name, "at most " + longest + " characters long");
        }
        return text;
    }

    public boolean flag(String name, boolean absent) {
        JsonNode node = node(name);
        if (node == null) {
            return absent;
        }
        if (!node.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return node.booleanValue();
    }

    public @Nullable Long number(String name, long least) {
        JsonNode node = node(name);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < least) {
            throw wrong(name, "an integer of at least " + least);
        }
        return node.longValue();
    }

    public @Nullable Double decimal(String name, double least, double most) {
        JsonNode node = node(name);
        if (node == null) {
            return null;
        }
        if (!node.isNumber() || !(node.doubleValue() >= least && node.doubleValue() <= most)) {
            throw wrong(name, "a number from " + least + " to " + most);
        }
        return node.doubleValue();
    }

    /** A member that is an object of strings. */
    public @Nullable Map<String, String> pairs(String name, int most, int longestKey, int longest) {
        JsonNode node = node(name);
        if (node == null) {
            return null;
        }
        if (!node.isObject() || node.size() > most) {
            throw wrong(name, "an object of at most " + most + " strings");
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String key = member.getKey();
            if (!member.getValue().isTextual()
                    || key.length() > longestKey
                    || member.getValue().textValue().length() > longest) {
                throw Problem.invalid(
                                path(name),
                                "keys have at most "
                                        + longestKey
                                        + " characters, values are strings of at most "
                                        + longest)
                        .asException();
            }
            pairs.put(key, member.getValue().textValue());
        }
        return pairs;
    }

    public ProblemException wrong(String name, String expected) {
        return Problem.invalid(path(name), path(name) + " has to be " + expected).asException();
    }

    public ProblemException unsupported(String name) {
        return Problem.of(
                        400,
                        "unsupported_parameter",
                        "The parameter '" + path(name) + "' is not supported with this value.")
                .withParam(path(name))
                .asException();
    }

    /** Refuses members that are not among the known ones. */
    public void refuseOthers(Set<String> known) {
        refuseOthers(known, NOTHING);
    }

    /** Refuses members that are not known, and those that are known but not supported. */
    public void refuseOthers(Set<String> known, Set<String> unsupported) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (known.contains(name)) {
                continue;
            }
            if (unsupported.contains(name)) {
                if (has(name)) {
                    throw unsupported(name);
                }
                continue;
            }
            throw Problem.of(400, "unknown_parameter", "Unknown parameter: '" + path(name) + "'.")
                    .withParam(path(name))
                    .asException();
        }
    }
}
