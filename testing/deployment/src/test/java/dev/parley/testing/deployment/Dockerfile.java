package dev.parley.testing.deployment;

import java.util.ArrayList;
import java.util.List;

/**
 * An image's recipe.
 *
 * @param comments what stands above it
 * @param steps its instructions, continued lines joined
 */
record Dockerfile(String comments, List<Step> steps) {
    /** One instruction. */
    record Step(String instruction, String arguments) {}

    static Dockerfile read(String name) {
        StringBuilder comments = new StringBuilder();
        List<Step> steps = new ArrayList<>();
        for (String line : Checkout.read(name).replaceAll("\\\\\n\\s*", "").split("\n", -1)) {
            if (line.startsWith("#")) {
                comments.append(line).append('\n');
            } else if (!line.isBlank()) {
                int end = line.indexOf(' ');
                steps.add(new Step(line.substring(0, end), line.substring(end + 1).strip()));
            }
        }
        return new Dockerfile(comments.toString(), List.copyOf(steps));
    }

    List<String> all(String instruction) {
        return steps.stream()
                .filter(it -> it.instruction().equals(instruction))
                .map(Step::arguments)
                .toList();
    }

    /** The instructions of the image that remains. */
    Dockerfile lastStage() {
        int from = 0;
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).instruction().equals("FROM")) {
                from = i;
            }
        }
        return new Dockerfile(comments, steps.subList(from, steps.size()));
    }

    /** The one set of arguments that {@code instruction} has, or nothing. */
    String only(String instruction) {
        List<String> all = all(instruction);
        return all.size() == 1 ? all.getFirst() : "";
    }
}
