package dev.parley.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.gateway.JsonServer.Answer;
import dev.parley.gateway.JsonServer.Request;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A provider in the simulated one's place, for tests of what it is really sent. It answers any
 * prompt with two tokens, and tells no counts.
 */
public final class RecordingProvider implements QuarkusTestResourceLifecycleManager {
    static final String MODEL = "recording";

    static final List<JsonNode> ASKED = new CopyOnWriteArrayList<>();

    @Override
    public Map<String, String> start() {
        return Map.of("parley.provider.url", new JsonServer(RecordingProvider::answer).url());
    }

    /** It ends with the test JVM. */
    @Override
    public void stop() {}

    private static Answer answer(Request request) {
        return switch (request.path()) {
            case "/api/tags" -> Answer.ok("{\"models\":[{\"name\":\"" + MODEL + "\"}]}");
            case "/api/show" -> Answer.ok("{\"model_info\":{\"any.context_length\":4096}}");
            case "/api/chat" -> {
                ASKED.add(request.body());
                yield new Answer(
                        200,
                        line("well", false) + line(" heard", false) + line("", true),
                        Map.of("content-type", "application/x-ndjson"));
            }
            default -> Answer.problem(404, "not_found");
        };
    }

    private static String line(String content, boolean last) {
        return JsonServer.JSON
                        .createObjectNode()
                        .put("model", MODEL)
                        .put("done", last)
                        .set("message", JsonServer.JSON.createObjectNode().put("content", content))
                        .toString()
                + "\n";
    }
}
