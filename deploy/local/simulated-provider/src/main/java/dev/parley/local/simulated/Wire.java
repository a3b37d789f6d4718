package dev.parley.local.simulated;

import io.vertx.core.buffer.Buffer;

/** How one call's answer is written: one protocol's shapes, filled with that call. */
interface Wire {
    String streamType();

    /** What precedes the first token of a stream. */
    Buffer opening();

    Buffer token(String text);

    Buffer toolCall(Answer.ToolCall call);

    /** What follows the last token of a stream. */
    Buffer closing(Answer answer, Timing timing);

    /** The answer in one piece. */
    Buffer whole(Answer answer, Timing timing);

    Buffer error(int status, String message);

    /**
     * How long the parts of a call took, in nanoseconds.
     *
     * @param prompt from the call to the first token
     */
    record Timing(long total, long prompt) {}
}
