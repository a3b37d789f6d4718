package dev.parley.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.gateway.JsonServer.Answer;
import dev.parley.gateway.JsonServer.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** moderation as the gateway sees it. */
final class ModerationPeer {
    /** What the next check meets. */
    enum Mood {
        DECIDE,
        FAIL,
        HANG
    }

    static final String FORBIDDEN_INPUT = "forbidden";

    /** What a redaction takes out. */
    static final String SECRET = "hush-hush";

    static final List<JsonNode> INPUTS = new CopyOnWriteArrayList<>();
    static final List<JsonNode> OUTPUTS = new CopyOnWriteArrayList<>();

    static volatile Mood input = Mood.DECIDE;
    static volatile Mood output = Mood.DECIDE;

    /** So many of the next checks are lost, as if their replica had died. */
    static final AtomicInteger LOST = new AtomicInteger();

    static volatile Mood redactions = Mood.DECIDE;
    static volatile Duration delay = Duration.ZERO;
    static volatile BooleanSupplier awaits = () -> true;
    static volatile boolean failOpen;
    static volatile @Nullable String forbiddenOutput;
    static volatile @Nullable String redactedOutput;
    static volatile String replacement = "[redacted]";

    private ModerationPeer() {}

    static JsonServer start() {
        return new JsonServer(ModerationPeer::answer);
    }

    static void reset() {
        INPUTS.clear();
        OUTPUTS.clear();
        input = Mood.DECIDE;
        output = Mood.DECIDE;
        LOST.set(0);
        redactions = Mood.DECIDE;
        delay = Duration.ZERO;
        awaits = () -> true;
        failOpen = false;
        forbiddenOutput = null;
        redactedOutput = null;
        replacement = "[redacted]";
    }

    private static Answer answer(Request request) throws InterruptedException {
        if (request.path().endsWith("/redactions")) {
            return redact(request.body());
        }
        boolean isInput = request.path().endsWith("/moderation/checks");
        (isInput ? INPUTS : OUTPUTS).add(request.body());
        Thread.sleep(delay);
        while (!awaits.getAsBoolean()) {
            Thread.sleep(Duration.ofMillis(1));
        }
        if (LOST.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return Answer.problem(502, "upstream_error");
        }
        return switch (isInput ? input : output) {
            case FAIL -> Answer.problem(503, "dependency_unavailable");
            case HANG -> {
                Thread.sleep(Duration.ofSeconds(30));
                yield Answer.ok("{}");
            }
            case DECIDE -> isInput ? checkInput(request.body()) : checkOutput(request.body());
        };
    }

    private static Answer redact(JsonNode body) {
        if (redactions == Mood.FAIL) {
            return Answer.problem(503, "dependency_unavailable");
        }
        ObjectNode answer = JsonServer.JSON.createObjectNode().put("policy_version", "1");
        ArrayNode texts = answer.putArray("texts");
        body.get("texts").forEach(text -> texts.add(text.asText().replace(SECRET, "[redacted]")));
        return Answer.ok(answer.toString());
    }

    private static Answer checkInput(JsonNode body) {
        boolean blocked = body.get("items").toString().contains(FORBIDDEN_INPUT);
        return Answer.ok(
                """
                {"action":"%s","categories":[%s],"injection":false,"pii":[],
                 "policy_version":"1","fail_open":%s}
                """
                        .formatted(
                                blocked ? "block" : "allow",
                                blocked ? "\"violence\"" : "",
                                failOpen));
    }

    /** Holds back what could be the beginning of a term, like the real one. */
    private static Answer checkOutput(JsonNode body) {
        String pending = body.get("pending").asText();
        String term = forbiddenOutput;
        if (term != null && (body.get("shown").asText() + pending).contains(term)) {
            return Answer.ok("{\"action\":\"block\",\"release\":0,\"text\":\"\"}");
        }
        String redacted = redactedOutput;
        int held =
                body.get("final").asBoolean()
                        ? 0
                        : heldBack(pending, term) + heldBack(pending, redacted);
        String released = pending.substring(0, pending.length() - held);
        String shown = redacted == null ? released : released.replace(redacted, replacement);
        return Answer.ok(
                JsonServer.JSON
                        .createObjectNode()
                        .put("action", shown.equals(released) ? "allow" : "redact")
                        .put("release", released.length())
                        .put("text", shown)
                        .put("policy_version", "1")
                        .toString());
    }

    private static int heldBack(String pending, @Nullable String term) {
        if (term == null) {
            return 0;
        }
        for (int length = Math.min(term.length() - 1, pending.length()); length > 0; length--) {
            if (term.startsWith(pending.substring(pending.length() - length))) {
                return length;
            }
        }
        return 0;
    }
}
