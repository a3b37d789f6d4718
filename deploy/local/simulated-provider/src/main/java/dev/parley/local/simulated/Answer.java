package dev.parley.local.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What is answered to a prompt: the same for the same prompt, seed and behaviour.
 *
 * @param tokens the text, token by token; a call of a tool has none to show
 * @param cutByLimit the caller's limit or the model's window ended it
 */
record Answer(List<String> tokens, Optional<ToolCall> toolCall, boolean cutByLimit) {
    static final String MARK = "[simulated]";

    private static final List<String> WORDS =
            List.of(
                    "amber", "anchor", "basket", "bridge", "candle", "canyon", "cedar", "circle",
                    "cloud", "copper", "coral", "desert", "dune", "echo", "ember", "falcon",
                    "feather", "field", "forest", "garden", "glacier", "granite", "harbor", "hazel",
                    "island", "ivory", "jasmine", "juniper", "kettle", "lagoon", "lantern", "lemon",
                    "maple", "marble", "meadow", "mirror", "morning", "north", "oak", "ocean",
                    "olive", "orchard", "paper", "pebble", "pine", "prairie", "quartz", "rain",
                    "reed", "river", "saffron", "shadow", "silver", "slate", "spruce", "summit",
                    "thistle", "timber", "valley", "violet", "walnut", "willow", "winter",
                    "yarrow");

    /** A call of the first offered tool. */
    record ToolCall(String id, String name, ObjectNode arguments) {
        int tokens() {
            return 1 + arguments.size();
        }
    }

    Answer {
        tokens = List.copyOf(tokens);
    }

    int completionTokens() {
        return tokens.size() + toolCall.map(ToolCall::tokens).orElse(0);
    }

    static Answer to(Prompt prompt, Behaviour behaviour) {
        SplittableRandom random = new SplittableRandom(seedOf(prompt, behaviour));
        if (!prompt.tools().isEmpty() && !prompt.endsWithToolResult()) {
            return new Answer(
                    List.of(), Optional.of(callOf(prompt.tools().getFirst(), random)), false);
        }
        List<String> tokens =
                prompt.format()
                        .map(format -> WhiteSpaceTokens.split(instanceOf(format, random)))
                        .orElseGet(() -> text(prompt, behaviour, random));
        int room =
                behaviour.tokens().isPresent()
                        ? Integer.MAX_VALUE
                        : prompt.model().contextWindow() - prompt.tokens();
        return limited(
                stopped(tokens, prompt.stop()),
                Math.min(Math.max(1, room), prompt.limit().orElse(Integer.MAX_VALUE)));
    }

    private static long seedOf(Prompt prompt, Behaviour behaviour) {
        long hash = behaviour.seed() * 31 + prompt.seed();
        hash = hash * 31 + prompt.model().name().hashCode();
        for (Prompt.Message message : prompt.messages()) {
            hash = hash * 31 + message.role().hashCode();
            hash = hash * 31 + message.text().hashCode();
        }
        return hash;
    }

    private static ToolCall callOf(JsonNode tool, SplittableRandom random) {
        JsonNode function = tool.path("function");
        JsonNode arguments = SchemaInstance.of(function.path("parameters"), random);
        return new ToolCall(
                "call_%016x".formatted(random.nextLong()),
                function.path("name").asText("tool"),
                arguments instanceof ObjectNode object ? object : Json.object());
    }

    private static String instanceOf(JsonNode format, SplittableRandom random) {
        if (format.isObject()) {
            return Json.pretty(SchemaInstance.of(format, random));
        }
        ObjectNode object = Json.object();
        object.put("simulated", true);
        object.put("answer", word(random) + " " + word(random));
        return Json.pretty(object);
    }

    private static List<String> text(Prompt prompt, Behaviour behaviour, SplittableRandom random) {
        int length = behaviour.tokens().orElseGet(() -> 16 + random.nextInt(17));
        List<String> tokens = new ArrayList<>(length);
        tokens.add(MARK);
        for (String word : opening(prompt)) {
            if (tokens.size() < length) {
                tokens.add(" " + word);
            }
        }
        while (tokens.size() < length) {
            String end = tokens.size() == length - 1 || tokens.size() % 12 == 11 ? "." : "";
            tokens.add(" " + word(random) + end);
        }
        return tokens;
    }

    private static List<String> opening(Prompt prompt) {
        List<String> words = new ArrayList<>();
        if (prompt.images() > 0) {
            String noun = prompt.images() == 1 ? "image." : "images.";
            words.addAll(List.of("I", "was", "shown", String.valueOf(prompt.images()), noun));
        }
        if (prompt.endsWithToolResult()) {
            words.addAll(List.of("The", "tool", "answered"));
            int result = WhiteSpaceTokens.count(prompt.lastOf("tool"));
            words.addAll(List.of(String.valueOf(result), "words."));
        } else {
            int question = WhiteSpaceTokens.count(prompt.lastOf("user"));
            words.addAll(List.of("To", "your", String.valueOf(question), "words:"));
        }
        return words;
    }

    private static String word(SplittableRandom random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    /** The answer up to the first stop sequence, which is not part of it. */
    private static List<String> stopped(List<String> tokens, List<String> stop) {
        if (stop.isEmpty()) {
            return tokens;
        }
        String text = String.join("", tokens);
        int end = text.length();
        for (String sequence : stop) {
            int found = sequence.isEmpty() ? -1 : text.indexOf(sequence);
            if (found >= 0) {
                end = Math.min(end, found);
            }
        }
        return end == text.length() ? tokens : WhiteSpaceTokens.split(text.substring(0, end));
    }

    private static Answer limited(List<String> tokens, int limit) {
        return tokens.size() <= limit
                ? new Answer(tokens, Optional.empty(), false)
                : new Answer(tokens.subList(0, limit), Optional.empty(), true);
    }
}
