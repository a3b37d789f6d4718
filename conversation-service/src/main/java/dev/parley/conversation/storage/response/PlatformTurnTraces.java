package dev.parley.conversation.storage.response;

import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.TurnTraces;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.telemetry.TraceTags;
import dev.parley.platform.telemetry.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Turns' traces in OpenTelemetry; each span carries the ids of the turn and its conversation. */
@ApplicationScoped
class PlatformTurnTraces implements TurnTraces {
    @Override
    public void begin(Response turn) {
        TraceTags.put(tags(turn));
    }

    @Override
    public void within(Response turn, Runnable work) {
        if (Tracing.on()) {
            Tracing.within(turn.traceparent(), tags(turn), work);
        } else {
            work.run();
        }
    }

    static Map<String, String> tags(Response turn) {
        return Tracing.on()
                ? Map.of(
                        "parley.conversation.id",
                        PublicId.format("conv_", turn.conversation().value()),
                        "parley.response.id",
                        PublicId.format("resp_", turn.id().value()))
                : Map.of();
    }
}
