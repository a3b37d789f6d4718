package dev.parley.gateway.app.generation;

import dev.parley.gateway.business.admission.CallFacts;
import dev.parley.gateway.business.admission.OutputChecks;
import dev.parley.gateway.business.admission.OutputVerdict;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The text of an answer on its way through moderation: at most one check is under way, and what
 * comes meanwhile joins the next. Guarded by the call's lock, under which verdicts are taken in,
 * too.
 */
final class ScreenedOutput {
    private static final System.Logger LOG = System.getLogger(ScreenedOutput.class.getName());

    private final OutputChecks checks;
    private final CallFacts call;
    private final boolean failOpen;
    private final Listener listener;
    private final HeldBackText text = new HeldBackText();
    private boolean checking;
    private boolean complete;

    /** Who is told what became of the text; nothing after {@link #isOver} is true. */
    interface Listener {
        boolean isOver();

        /** This much may be shown. */
        void onReleased(String shown);

        /** Nothing more may be shown. */
        void onBlocked();

        /** It cannot be told what may be shown. */
        void onUncheckable();

        /** The text was complete, and all of it was shown. */
        void onAllReleased();
    }

    ScreenedOutput(OutputChecks checks, CallFacts call, boolean failOpen, Listener listener) {
        this.checks = checks;
        this.call = call;
        this.failOpen = failOpen;
        this.listener = listener;
    }

    void append(String piece) {
        text.append(piece);
    }

    /** Nothing follows. */
    void complete() {
        complete = true;
        check();
    }

    /** Checks what no check has seen, once the one under way has answered. */
    void check() {
        if (checking || listener.isOver()) {
            return;
        }
        if (complete && text.isEmpty()) {
            listener.onAllReleased();
        } else if (complete || text.hasNews()) {
            checking = true;
            boolean isLast = complete;
            String pending = text.take();
            checks.check(call.requester(), text.shownTail(), pending, isLast)
                    .whenComplete((verdict, failure) -> take(verdict, failure, pending, isLast));
        }
    }

    private void take(
            @Nullable OutputVerdict verdict,
            @Nullable Throwable failure,
            String pending,
            boolean wasLast) {
        synchronized (listener) {
            checking = false;
            if (listener.isOver()) {
                return;
            }
            switch (verdict) {
                case null -> {
                    LOG.log(Level.WARNING, "output is not checked: {0}", String.valueOf(failure));
                    if (failOpen) {
                        checks.shownUnchecked(call);
                        release(pending.length(), pending);
                    } else {
                        listener.onUncheckable();
                    }
                }
                case OutputVerdict.Blocked ignored -> listener.onBlocked();
                case OutputVerdict.Released released -> {
                    int consumed = released.consumed();
                    if (consumed > pending.length() || (wasLast && consumed < pending.length())) {
                        listener.onUncheckable();
                    } else {
                        release(consumed, released.text());
                    }
                }
            }
            check();
        }
    }

    private void release(int consumed, String shown) {
        text.release(consumed, shown);
        if (!shown.isEmpty()) {
            listener.onReleased(shown);
        }
    }
}
