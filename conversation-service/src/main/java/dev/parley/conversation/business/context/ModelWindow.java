package dev.parley.conversation.business.context;

/**
 * How much a model can take in.
 *
 * @param tokens input and output together
 * @param defaultOutput what is reserved for output when the caller does not say
 */
public record ModelWindow(long tokens, long defaultOutput) {
    public ModelWindow {
        if (tokens < 1 || defaultOutput < 0) {
            throw new IllegalArgumentException("not a window: " + tokens);
        }
    }
}
