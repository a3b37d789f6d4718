package dev.parley.local.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the provider behaves from now on.
 *
 * @param tokens the length of each answer, whatever the model's window; else each prompt's own
 * @param faultRate the share of calls that the fault strikes, 0 to 1
 */
record Behaviour(
        Duration firstToken,
        Duration betweenTokens,
        OptionalInt tokens,
        Fault fault,
        double faultRate,
        long seed) {
    static final Behaviour AT_ONCE =
            new Behaviour(Duration.ZERO, Duration.ZERO, OptionalInt.empty(), Fault.NONE, 1.0, 0);

    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(us|ms|s|m)");
    private static final Map<String, Long> NANOSECONDS =
            Map.of("us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L);

    Behaviour {
        if (tokens.isPresent() && (tokens.getAsInt() < 1 || tokens.getAsInt() > 1_000_000)) {
            throw new IllegalArgumentException("tokens: from 1 to 1000000");
        }
        if (!(faultRate >= 0 && faultRate <= 1)) {
            throw new IllegalArgumentException("fault_rate: from 0 to 1");
        }
    }

    /** What {@code PUT /simulator/behaviour} says; what it leaves out is as at the start. */
    static Behaviour parse(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("a behaviour is a JSON object");
        }
        Behaviour behaviour = AT_ONCE;
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            behaviour = behaviour.with(member.getKey(), member.getValue());
        }
        return behaviour;
    }

    private Behaviour with(String name, JsonNode value) {
        return switch (name) {
            case "first_token" ->
                    new Behaviour(
                            duration(name, value), betweenTokens, tokens, fault, faultRate, seed);
            case "between_tokens" ->
                    new Behaviour(
                            firstToken, duration(name, value), tokens, fault, faultRate, seed);
            case "tokens" ->
                    new Behaviour(firstToken, betweenTokens, count(value), fault, faultRate, seed);
            case "fault" ->
                    new Behaviour(firstToken, betweenTokens, tokens, fault(value), faultRate, seed);
            case "fault_rate" ->
                    new Behaviour(
                            firstToken, betweenTokens, tokens, fault, number(name, value), seed);
            case "seed" ->
                    new Behaviour(
                            firstToken,
                            betweenTokens,
                            tokens,
                            fault,
                            faultRate,
                            (long) number(name, value));
            default -> throw new IllegalArgumentException("unknown behaviour: " + name);
        };
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("first_token", text(firstToken));
        json.put("between_tokens", text(betweenTokens));
        if (tokens.isPresent()) {
            json.put("tokens", tokens.getAsInt());
        } else {
            json.putNull("tokens");
        }
        json.put("fault", fault.code());
        json.put("fault_rate", faultRate);
        json.put("seed", seed);
        return json;
    }

    /** The fault of the {@code call}th call: the same for the same seed. */
    Fault faultOf(long call) {
        if (fault == Fault.NONE || faultRate == 1.0) {
            return fault;
        }
        double chance = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + call).nextDouble();
        return chance < faultRate ? fault : Fault.NONE;
    }

    private static Duration duration(String name, JsonNode value) {
        Matcher matcher = DURATION.matcher(value.asText());
        if (matcher.matches()) {
            double count = Double.parseDouble(matcher.group(1));
            long unit = NANOSECONDS.getOrDefault(matcher.group(2), 0L);
            return Duration.ofNanos((long) (count * unit));
        }
        if (value.asText().equals("0")) {
            return Duration.ZERO;
        }
        throw new IllegalArgumentException(name + ": a duration such as \"20ms\"");
    }

    private static String text(Duration duration) {
        return duration.toNanos() % 1_000_000 == 0
                ? duration.toMillis() + "ms"
                : duration.toNanos() / 1_000 + "us";
    }

    private static OptionalInt count(JsonNode value) {
        if (value.isNull()) {
            return OptionalInt.empty();
        }
        if (!value.canConvertToInt() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException("tokens: a whole number");
        }
        return OptionalInt.of(value.intValue());
    }

    private static Fault fault(JsonNode value) {
        return Fault.of(value.asText())
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "fault: none, refuse, hang, die_mid_stream, bad_json, 400,"
                                                + " 429 or 500"));
    }

    private static double number(String name, JsonNode value) {
        if (!value.isNumber()) {
            throw new IllegalArgumentException(name + ": a number");
        }
        return value.doubleValue();
    }
}
