package dev.parley.conversation.api.response;

import dev.parley.conversation.business.response.TurnProgress;
import dev.parley.platform.security.CurrentCaller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** A turn as the answer to whoever asks for it. */
@ApplicationScoped
class TurnAnswers {
    private final ResponseJson view;
    private final CurrentCaller caller;

    @Inject
    TurnAnswers(ResponseJson view, CurrentCaller caller) {
        this.view = view;
        this.caller = caller;
    }

    /** As one JSON document. */
    Response whole(dev.parley.conversation.business.response.Response turn) {
        return Response.ok(view.write(turn).toString(), MediaType.APPLICATION_JSON_TYPE).build();
    }

    /**
     * As server-sent events, to its end.
     *
     * @param startingAfter the number of the last event that is known already, or -1
     * @param gone what to do when the reader has gone before the end
     */
    Response stream(
            dev.parley.conversation.business.response.Response turn,
            TurnProgress progress,
            int startingAfter,
            Runnable gone) {
        return Response.ok(
                        new EventStream(turn, progress, startingAfter, caller.get(), gone),
                        MediaType.SERVER_SENT_EVENTS_TYPE)
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no")
                .build();
    }
}
