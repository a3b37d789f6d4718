package dev.parley.local.simulated;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every call since the start or the last reset; the totals hold them all, the list the newest. */
final class Calls {
    private static final int KEPT = 200_000;

    private final ArrayDeque<Call> kept = new ArrayDeque<>();
    private final Map<String, Sums> forgotten = new TreeMap<>();
    private long last;

    private static final class Sums {
        private long calls;
        private long completed;
        private long cut;
        private long failed;
        private long promptTokens;
        private long completionTokens;

        void add(Call call) {
            calls++;
            switch (call.status()) {
                case COMPLETED -> completed++;
                case CUT -> cut++;
                case FAILED -> failed++;
                case RUNNING -> {}
            }
            promptTokens += call.promptTokens();
            completionTokens += call.completionTokens();
        }

        void add(Sums other) {
            calls += other.calls;
            completed += other.completed;
            cut += other.cut;
            failed += other.failed;
            promptTokens += other.promptTokens;
            completionTokens += other.completionTokens;
        }

        ObjectNode toJson() {
            ObjectNode json = Json.object();
            json.put("calls", calls);
            json.put("completed", completed);
            json.put("cut", cut);
            json.put("failed", failed);
            json.put("prompt_tokens", promptTokens);
            json.put("completion_tokens", completionTokens);
            return json;
        }
    }

    synchronized Call begin(@Nullable String requestId, String model, String endpoint) {
        last++;
        Call call = new Call(last, requestId, model, endpoint, Instant.now());
        kept.addLast(call);
        if (kept.size() > KEPT) {
            Call oldest = kept.removeFirst();
            forgotten.computeIfAbsent(oldest.model(), model1 -> new Sums()).add(oldest);
        }
        return call;
    }

    synchronized ObjectNode totals() {
        Map<String, Sums> byModel = new TreeMap<>();
        forgotten.forEach(
                (model, sums) -> byModel.computeIfAbsent(model, it -> new Sums()).add(sums));
        kept.forEach(call -> byModel.computeIfAbsent(call.model(), it -> new Sums()).add(call));
        Sums all = new Sums();
        byModel.values().forEach(all::add);
        ObjectNode json = all.toJson();
        ObjectNode models = json.putObject("by_model");
        byModel.forEach((model, sums) -> models.set(model, sums.toJson()));
        return json;
    }

    /** The calls begun after the {@code after}th, in their order. */
    ObjectNode after(long after) {
        List<Call> found = new ArrayList<>();
        long next;
        synchronized (this) {
            kept.stream().filter(call -> call.sequence() > after).forEach(found::add);
            next = last;
        }
        ObjectNode json = Json.object();
        ArrayNode calls = json.putArray("calls");
        found.forEach(call -> calls.add(call.toJson()));
        json.put("next", next);
        return json;
    }
}
