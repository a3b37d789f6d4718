package dev.parley.gateway.api.generation;

import dev.parley.gateway.business.generation.GenerationEvent;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** How the events of one call are spelled on its connection; used by one call only. */
interface AnswerWire {
    String contentType();

    /** What goes out before the first event; null when the head waits for that event. */
    @Nullable Buffer opening();

    Buffer delta(GenerationEvent.Delta delta);

    Buffer finished(GenerationEvent.Finished finished);

    Buffer failed(GenerationEvent.Failed failed);
}
