package dev.parley.conversation.storage.response;

import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.TurnTraces;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.telemetry.LogScope;
import dev.parley.platform.telemetry.TraceTags;
import dev.parley.platform.telemetry.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns' traces in OpenTelemetry; each span, and each line of the log, carries the ids of the turn
 * and its conversation.
 */
@ApplicationScoped
class PlatformTurnTraces implements TurnTraces {
    @Override
    public void begin(Response turn) {
        LogScope.put(ids(turn));
        TraceTags.put(tags(turn));
    }

    @Override
    public void within(Response turn, Runnable work) {
        Map<String, String> about = new HashMap<>(ids(turn));
        about.put("organization", turn.owner().organization());
        about.put("subject", turn.owner().subject());
        LogScope.within(
                turn.traceparent(),
                about,
                () -> Tracing.within(turn.traceparent(), tags(turn), work));
    }

    static Map<String, String> tags(Response turn) {
        return Tracing.on() ? ids(turn) : Map.of();
    }

    private static Map<String, String> ids(Response turn) {
        return Map.of(
                "parley.conversation.id",
                PublicId.format("conv_", turn.conversation().value()),
                "parley.response.id",
                PublicId.format("resp_", turn.id().value()));
    }
}
