package dev.parley.conversation.api.response;

import dev.parley.conversation.business.response.Failure;
import dev.parley.conversation.business.response.TurnProgress;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Moves what a turn says to one connection, when there is more and the connection takes it. */
final class EventPump {
    private static final Duration PATIENCE = Duration.ofMillis(400);

    private final EventScript script;
    private final TurnProgress progress;
    private final HttpServerResponse out;
    private final Context loop;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private TurnProgress.@Nullable Watch watch;
    private @Nullable Consumer<Boolean> whenOver;
    private boolean muted;
    private boolean over;

    EventPump(EventScript script, TurnProgress progress, HttpServerResponse out, Context loop) {
        this.script = script;
        this.progress = progress;
        this.out = out;
        this.loop = loop;
    }

    /** Sends until the turn or the connection ends; then tells whether all of it was sent. */
    void begin(Consumer<Boolean> tell) {
        loop.runOnContext(
                now -> {
                    whenOver = tell;
                    if (out.closed()) {
                        end(false);
                        return;
                    }
                    out.closeHandler(gone -> end(false));
                    out.exceptionHandler(failure -> end(false));
                    out.drainHandler(drained -> schedule());
                    watch = progress.watch(this::schedule);
                    pump();
                });
    }

    /**
     * Ends the stream: its caller may not see any more. If the turn ends for the same reason, its
     * own end is shown; else an error.
     */
    void cut() {
        loop.runOnContext(
                now -> {
                    muted = true;
                    loop.owner().setTimer(PATIENCE.toMillis(), waited -> breakOff());
                });
    }

    private void breakOff() {
        if (!over) {
            end(false);
            out.end(Buffer.buffer(script.breakOff(Failure.CALLER_REVOKED)));
        }
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            loop.runOnContext(now -> pump());
        }
    }

    private void pump() {
        scheduled.set(false);
        if (over || out.writeQueueFull()) {
            return;
        }
        TurnProgress.Reading reading = progress.read(script.seen());
        if (muted && reading.ended() == null) {
            return;
        }
        script.take(reading);
        String text = script.drain();
        if (reading.ended() != null) {
            end(true);
            out.end(Buffer.buffer(text));
        } else if (!text.isEmpty()) {
            out.write(Buffer.buffer(text));
        }
    }

    private void end(boolean completely) {
        if (over) {
            return;
        }
        over = true;
        if (watch != null) {
            watch.close();
        }
        if (whenOver != null) {
            whenOver.accept(completely);
        }
    }
}
