package dev.parley.testing.e2e;

/** Bodies of calls of the model. What they ask carries the planted mark. */
final class Prompts {
    private Prompts() {}

    /**
     * A turn.
     *
     * @param members more of its members, as JSON
     */
    static String turn(String text, String... members) {
        return "{\"model\":\"simulated\",\"input\":\"" + Planted.in(text) + "\"" + rest(members);
    }

    /**
     * A chat completion.
     *
     * @param members more of its members, as JSON
     */
    static String chat(String text, String... members) {
        return "{\"model\":\"simulated\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + Planted.in(text)
                + "\"}]"
                + rest(members);
    }

    private static String rest(String... members) {
        StringBuilder rest = new StringBuilder();
        for (String member : members) {
            rest.append(',').append(member);
        }
        return rest.append('}').toString();
    }
}
