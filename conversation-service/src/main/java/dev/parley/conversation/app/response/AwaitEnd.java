package dev.parley.conversation.app.response;

import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.TurnProgress;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits for a turn to end; a virtual thread is meant to do the waiting. */
@ApplicationScoped
public class AwaitEnd {
    /** The turn as it ended; empty when it had not within {@code patience}. */
    public Optional<Response> handle(TurnProgress turn, Duration patience) {
        Semaphore changes = new Semaphore(0);
        long giveUp = System.nanoTime() + patience.toNanos();
        try (TurnProgress.Watch ignored = turn.watch(changes::release)) {
            while (true) {
                TurnProgress.Reading reading = turn.read(Integer.MAX_VALUE);
                if (reading.ended() != null) {
                    return Optional.of(reading.ended());
                }
                long left = giveUp - System.nanoTime();
                if (left <= 0 || !changes.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                    return Optional.ofNullable(turn.read(Integer.MAX_VALUE).ended());
                }
                changes.drainPermits();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
