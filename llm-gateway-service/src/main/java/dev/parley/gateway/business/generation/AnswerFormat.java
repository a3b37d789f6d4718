package dev.parley.gateway.business.generation;

/** The form that an answer has to have. */
public sealed interface AnswerFormat {
    /** Whatever the model writes. */
    record Text() implements AnswerFormat {}

    /** One JSON object. */
    record Json() implements AnswerFormat {}

    /** JSON that satisfies a schema, which is given as JSON itself. */
    record JsonSchema(String schema) implements AnswerFormat {}
}
