package dev.parley.gateway.business.generation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a model chooses its words; null leaves the choice to the provider. */
public record Sampling(
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer seed,
        List<String> stop,
        AnswerFormat format) {

    public Sampling {
        stop = List.copyOf(stop);
    }
}
