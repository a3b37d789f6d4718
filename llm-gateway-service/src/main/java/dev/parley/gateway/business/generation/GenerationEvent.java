package dev.parley.gateway.business.generation;

/**
 * What a running call tells its caller; exactly one of {@link Finished} and {@link Failed} is last.
 */
public sealed interface GenerationEvent {
    /** Text that was checked and may be shown. */
    record Delta(String text) implements GenerationEvent {}

    /** The answer is over and its usage is on record. */
    record Finished(FinishReason reason, TokenUsage usage) implements GenerationEvent {}

    /** The answer was cut, and its usage is on record. */
    record Failed(Failure failure, TokenUsage usage) implements GenerationEvent {}
}
