package dev.parley.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.gateway.JsonServer.Answer;
import dev.parley.gateway.JsonServer.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** usage-billing as the gateway sees it. */
final class UsageBillingPeer {
    /** What the next reservation meets. */
    enum Mood {
        GRANT,
        REFUSE,
        FAIL,
        HANG
    }

    static final List<JsonNode> RESERVED = new CopyOnWriteArrayList<>();
    static final List<String> RESERVED_BY = new CopyOnWriteArrayList<>();
    static final List<String> RELEASED = new CopyOnWriteArrayList<>();
    static final List<JsonNode> PROGRESS = new CopyOnWriteArrayList<>();

    static volatile Mood mood = Mood.GRANT;
    static volatile Duration delay = Duration.ZERO;
    static volatile BooleanSupplier awaits = () -> true;
    static volatile Answer refusal = Answer.problem(429, "quota_exceeded");
    static volatile long mostGranted = Long.MAX_VALUE;
    static volatile String tiers = "[\"standard\",\"premium\"]";

    private UsageBillingPeer() {}

    static JsonServer start() {
        return new JsonServer(UsageBillingPeer::answer);
    }

    static void reset() {
        RESERVED.clear();
        RESERVED_BY.clear();
        RELEASED.clear();
        PROGRESS.clear();
        mood = Mood.GRANT;
        delay = Duration.ZERO;
        awaits = () -> true;
        mostGranted = Long.MAX_VALUE;
        tiers = "[\"standard\",\"premium\"]";
    }

    static Answer limitRefusal() {
        return new Answer(
                429,
                """
                {"status":429,"detail":"The day's tokens are used up.","limits":[%s],
                 "error":{"code":"quota_exceeded","message":"m"}}
                """
                        .formatted(limit(0)),
                Map.of("Retry-After", "3600"));
    }

    private static Answer answer(Request request) throws InterruptedException {
        if (request.method().equals("DELETE")) {
            String id = request.path().substring(request.path().lastIndexOf('/') + 1);
            RELEASED.add(id);
            return Answer.ok("{\"id\":\"" + id + "\",\"deleted\":true}");
        }
        if (request.path().startsWith("/internal/entitlements/")) {
            return Answer.ok("{\"plan\":\"pro\",\"status\":\"active\",\"tiers\":" + tiers + "}");
        }
        if (request.path().endsWith("/progress")) {
            PROGRESS.add(request.body());
            return Answer.ok("{\"unknown\":[],\"news\":1}");
        }
        RESERVED.add(request.body());
        RESERVED_BY.add(request.authorization());
        Thread.sleep(delay);
        while (!awaits.getAsBoolean()) {
            Thread.sleep(Duration.ofMillis(1));
        }
        return switch (mood) {
            case GRANT -> grant(request.body());
            case REFUSE -> refusal;
            case FAIL -> Answer.problem(500, "internal_error");
            case HANG -> {
                Thread.sleep(Duration.ofSeconds(30));
                yield Answer.ok("{}");
            }
        };
    }

    private static Answer grant(JsonNode body) {
        long asked =
                body.get("output_tokens").isNull()
                        ? body.get("default_output_tokens").asLong()
                        : body.get("output_tokens").asLong();
        return Answer.ok(
                """
                {"id":"rsv_%s","granted_output_tokens":%d,"lease_until":"%s","plan":"pro",
                 "limits":[%s],"warnings":["tokens_per_day"],"something_new":true}
                """
                        .formatted(
                                UUID.randomUUID().toString().replace("-", ""),
                                Math.min(asked, mostGranted),
                                Instant.now().plusSeconds(10),
                                limit(588)));
    }

    private static String limit(long remaining) {
        return """
               {"name":"requests_per_minute","unit":"requests","window":"minute",
                "scope":"organization","hard":600,"soft":480,"used":12,"remaining":%d,
                "resets_at":"%s"}
               """
                .formatted(remaining, Instant.now().plusSeconds(30));
    }
}
