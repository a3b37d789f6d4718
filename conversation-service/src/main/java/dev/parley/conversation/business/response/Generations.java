package dev.parley.conversation.business.response;

import dev.parley.conversation.business.context.ContextPlan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The gateway's models, called on behalf of whoever's request is being served. */
public interface Generations {
    /**
     * Asks for an answer. The listener is called by one thread after another, never by two at once;
     * after {@link Listener#refused} or {@link Listener#ended} not at all.
     */
    Generation start(Call call, Listener listener);

    /** What is asked for. */
    record Call(Response turn, ContextPlan plan) {}

    /** A call that is under way. */
    interface Generation {
        /** Stops it at its provider, too; the listener hears no more. */
        void cancel();
    }

    /** Hears how a call goes: admitted, deltas, ended; or refused. */
    interface Listener {
        void admitted(Admission admission);

        void refused(AdmissionRefusal refusal);

        /** What the model said since the last time, in order. */
        void said(List<String> deltas);

        void ended(Ending ending);
    }

    /**
     * The gateway let the turn pass.
     *
     * @param limits the state of every limit that governed it, by header name
     */
    record Admission(String model, long grantedOutputTokens, Map<String, String> limits) {
        public Admission {
            limits = Map.copyOf(limits);
        }
    }

    /** How a call that was admitted ended; usage is null only when nobody could tell it. */
    sealed interface Ending {
        record Finished(FinishReason reason, TokenUsage usage) implements Ending {}

        record Failed(Failure failure, @Nullable TokenUsage usage) implements Ending {}
    }
}
