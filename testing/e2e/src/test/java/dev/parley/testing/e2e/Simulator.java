package dev.parley.testing.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The simulated provider's own account of what it was asked and what it sent. */
final class Simulator {
    private final Caller caller;

    Simulator(URI address) {
        this.caller = new Caller(address, null);
    }

    /**
     * One call of the model as the provider saw it.
     *
     * @param id the {@code x-request-id} that came with it
     * @param status {@code running}, {@code completed}, {@code cut} or {@code failed}
     * @param sentAt when each output token left
     */
    record ProviderCall(
            String id,
            String status,
            long input,
            long output,
            Instant start,
            List<Instant> sentAt,
            Instant end) {
        boolean lasted(Duration atLeast) {
            return !end.isBefore(start.plus(atLeast));
        }

        /** How many tokens left within this time before the end. */
        long outputWithinLast(Duration time) {
            return sentAt.stream().filter(at -> !at.isBefore(end.minus(time))).count();
        }
    }

    void atOnce() {
        caller.put("/simulator/behaviour", "{}").ok(200);
    }

    void behave(String json) {
        caller.put("/simulator/behaviour", json).ok(200);
    }

    /** So many tokens, one every {@code pace}. */
    void slowly(int tokens, Duration pace) {
        behave(
                "{\"tokens\":%d,\"between_tokens\":\"%dms\",\"first_token\":\"%dms\"}"
                        .formatted(tokens, pace.toMillis(), pace.toMillis()));
    }

    List<ProviderCall> calls() {
        List<ProviderCall> calls = new ArrayList<>();
        for (JsonNode call : caller.get("/simulator/calls?after=0").ok(200).json().at("/calls")) {
            List<Instant> sentAt = new ArrayList<>();
            for (JsonNode time : call.get("token_times_ms")) {
                sentAt.add(Instant.ofEpochMilli(time.asLong()));
            }
            String end = call.get("ended_at").asText("");
            calls.add(
                    new ProviderCall(
                            call.get("id").asText(),
                            call.get("status").asText(),
                            call.get("prompt_tokens").asLong(),
                            call.get("completion_tokens").asLong(),
                            Instant.parse(call.get("started_at").asText()),
                            sentAt,
                            end.isEmpty() || end.equals("null")
                                    ? Instant.now()
                                    : Instant.parse(end)));
        }
        return calls;
    }

    ProviderCall lastCall() {
        return calls().getLast();
    }

    JsonNode totals() {
        return caller.get("/simulator/totals").ok(200).json();
    }
}
