package dev.parley.local.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** OpenAI's paths, as far as Ollama serves them too. */
final class OpenAiApi {
    private final Vertx vertx;
    private final Simulation simulation;

    OpenAiApi(Vertx vertx, Simulation simulation) {
        this.vertx = vertx;
        this.simulation = simulation;
    }

    /** Calls a model by one of OpenAI's two paths. */
    void call(HttpServerRequest request, String route, Fault fault) {
        if (route.endsWith("/embeddings")) {
            withModel(request, (body, model) -> embed(request, body, model, fault));
        } else {
            withModel(request, (body, model) -> complete(request, body, model, fault));
        }
    }

    /** Tells about the models; what is neither OpenAI's path nor any other is not found. */
    void describe(HttpServerRequest request, String route) {
        if (route.equals("GET /v1/models")) {
            Answers.json(request, 200, models());
        } else if (route.startsWith("GET /v1/models/")) {
            model(request, route.substring("GET /v1/models/".length()));
        } else {
            Answers.send(request, 404, OllamaWire.failure("no such path"));
        }
    }

    private interface ModelCall {
        void handle(JsonNode body, SimulatedModel model);
    }

    private static void withModel(HttpServerRequest request, ModelCall call) {
        Answers.withBody(
                request,
                message -> Answers.send(request, 400, OpenAiWire.failure(400, message)),
                body -> {
                    String name = body.path("model").asText();
                    Optional<SimulatedModel> model = SimulatedModel.named(name);
                    if (model.isPresent()) {
                        call.handle(body, model.get());
                    } else {
                        unknown(request, name);
                    }
                });
    }

    private static void unknown(HttpServerRequest request, String name) {
        Answers.send(request, 404, OpenAiWire.failure(404, "model '" + name + "' not found"));
    }

    private void complete(
            HttpServerRequest request, JsonNode body, SimulatedModel model, Fault fault) {
        if (body.path("messages").isEmpty()) {
            Answers.send(request, 400, OpenAiWire.failure(400, "messages: at least one"));
            return;
        }
        Prompt prompt = PromptReader.ofOpenAi(body, model);
        Call call = simulation.begin(request, model);
        boolean usage = body.path("stream_options").path("include_usage").asBoolean(false);
        simulation.generate(
                vertx,
                request,
                prompt,
                new OpenAiWire(prompt, usage, call.sequence()),
                body.path("stream").asBoolean(false),
                call,
                fault);
    }

    private void embed(
            HttpServerRequest request, JsonNode body, SimulatedModel model, Fault fault) {
        int dimensions;
        try {
            dimensions = Embedding.dimensionsOf(body);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            Answers.send(request, 400, OpenAiWire.failure(400, message));
            return;
        }
        List<String> inputs = new ArrayList<>();
        JsonNode input = body.path("input");
        if (input.isArray()) {
            input.forEach(one -> inputs.add(one.asText()));
        } else {
            inputs.add(input.asText());
        }
        Call call = simulation.begin(request, model);
        if (Answers.failed(request, call, fault, OpenAiWire.failure(500, "simulated failure"))) {
            return;
        }
        boolean base64 = body.path("encoding_format").asText().equals("base64");
        int tokens = inputs.stream().mapToInt(WhiteSpaceTokens::count).sum();
        ObjectNode json = Json.object().put("object", "list");
        ArrayNode data = json.putArray("data");
        for (String text : inputs) {
            ObjectNode one = data.addObject().put("object", "embedding");
            one.put("index", data.size() - 1);
            put(one, Embedding.of(text, dimensions), base64);
        }
        json.put("model", model.name());
        json.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        call.promptRead(tokens);
        call.end(Call.Status.COMPLETED);
        Answers.json(request, 200, json);
    }

    private static void put(ObjectNode one, Embedding embedding, boolean base64) {
        if (base64) {
            one.put("embedding", embedding.base64());
            return;
        }
        ArrayNode vector = one.putArray("embedding");
        for (float value : embedding.values()) {
            vector.add(value);
        }
    }

    private static ObjectNode models() {
        ObjectNode json = Json.object().put("object", "list");
        ArrayNode data = json.putArray("data");
        SimulatedModel.ALL.forEach(model -> data.add(describe(model)));
        return json;
    }

    private static void model(HttpServerRequest request, String name) {
        SimulatedModel.named(name)
                .ifPresentOrElse(
                        model -> Answers.json(request, 200, describe(model)),
                        () -> unknown(request, name));
    }

    private static ObjectNode describe(SimulatedModel model) {
        return Json.object()
                .put("id", model.name())
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", "simulated");
    }
}
