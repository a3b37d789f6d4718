package dev.parley.local.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ollama's own paths. */
final class OllamaApi {
    private static final String VERSION = "0.0.0-simulated";
    private static final String MODIFIED = "2026-11-01T00:00:00Z";

    private final Vertx vertx;
    private final Simulation simulation;

    OllamaApi(Vertx vertx, Simulation simulation) {
        this.vertx = vertx;
        this.simulation = simulation;
    }

    /** Calls a model, or says false if the call is not of Ollama's protocol. */
    boolean call(HttpServerRequest request, String route, Fault fault) {
        switch (route) {
            case "POST /api/chat" ->
                    withModel(request, (body, model) -> chat(request, body, model, fault));
            case "POST /api/generate" ->
                    withModel(request, (body, model) -> generate(request, body, model, fault));
            case "POST /api/embed" ->
                    withModel(request, (body, model) -> embed(request, body, model, fault));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Tells about the provider, or says false if no such path of Ollama's was meant. */
    boolean describe(HttpServerRequest request, String route) {
        switch (route) {
            case "GET /", "HEAD /" -> Answers.text(request, "Ollama is simulated");
            case "GET /api/version" ->
                    Answers.json(request, 200, Json.object().put("version", VERSION));
            case "GET /api/tags" -> Answers.json(request, 200, tags());
            case "GET /api/ps" -> Answers.json(request, 200, running());
            case "POST /api/show" -> withModel(request, (body, model) -> show(request, model));
            default -> {
                return false;
            }
        }
        return true;
    }

    private interface ModelCall {
        void handle(JsonNode body, SimulatedModel model);
    }

    private static void withModel(HttpServerRequest request, ModelCall call) {
        Answers.withBody(
                request,
                message -> Answers.send(request, 400, OllamaWire.failure(message)),
                body -> {
                    String name = body.path("model").asText(body.path("name").asText());
                    Optional<SimulatedModel> model = SimulatedModel.named(name);
                    if (model.isPresent()) {
                        call.handle(body, model.get());
                    } else {
                        String message = "model '" + name + "' not found";
                        Answers.send(request, 404, OllamaWire.failure(message));
                    }
                });
    }

    private void chat(HttpServerRequest request, JsonNode body, SimulatedModel model, Fault fault) {
        if (body.path("messages").isEmpty()) {
            Answers.send(request, 200, loaded(model, true));
            return;
        }
        start(request, body, PromptReader.ofOllamaChat(body, model), true, fault);
    }

    private void generate(
            HttpServerRequest request, JsonNode body, SimulatedModel model, Fault fault) {
        if (body.path("prompt").asText().isEmpty()) {
            Answers.send(request, 200, loaded(model, false));
            return;
        }
        start(request, body, PromptReader.ofOllamaGenerate(body, model), false, fault);
    }

    private void start(
            HttpServerRequest request, JsonNode body, Prompt prompt, boolean chat, Fault fault) {
        simulation.generate(
                vertx,
                request,
                prompt,
                new OllamaWire(prompt, chat),
                body.path("stream").asBoolean(true),
                simulation.begin(request, prompt.model()),
                fault);
    }

    /** What Ollama says to a call without a prompt, which only loads the model. */
    private static Buffer loaded(SimulatedModel model, boolean chat) {
        ObjectNode json = Json.object();
        json.put("model", model.name()).put("created_at", Instant.now().toString());
        if (chat) {
            json.putObject("message").put("role", "assistant").put("content", "");
        } else {
            json.put("response", "");
        }
        json.put("done_reason", "load").put("done", true);
        return Buffer.buffer(Json.compact(json));
    }

    private void embed(
            HttpServerRequest request, JsonNode body, SimulatedModel model, Fault fault) {
        int dimensions;
        try {
            dimensions = Embedding.dimensionsOf(body);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            Answers.send(request, 400, OllamaWire.failure(message));
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
        if (Answers.failed(request, call, fault, OllamaWire.failure("simulated failure"))) {
            return;
        }
        int tokens = inputs.stream().mapToInt(WhiteSpaceTokens::count).sum();
        ObjectNode json = Json.object();
        json.put("model", model.name());
        ArrayNode embeddings = json.putArray("embeddings");
        for (String text : inputs) {
            ArrayNode vector = embeddings.addArray();
            for (float value : Embedding.of(text, dimensions).values()) {
                vector.add(value);
            }
        }
        json.put("total_duration", call.elapsedNanos());
        json.put("load_duration", 0);
        json.put("prompt_eval_count", tokens);
        call.promptRead(tokens);
        call.end(Call.Status.COMPLETED);
        Answers.json(request, 200, json);
    }

    private static ObjectNode tags() {
        ObjectNode json = Json.object();
        ArrayNode models = json.putArray("models");
        SimulatedModel.ALL.forEach(
                model -> describe(models.addObject(), model).put("modified_at", MODIFIED));
        return json;
    }

    private static ObjectNode running() {
        ObjectNode json = Json.object();
        ArrayNode models = json.putArray("models");
        SimulatedModel.ALL.forEach(
                model ->
                        describe(models.addObject(), model)
                                .put("expires_at", "9999-12-31T23:59:59Z")
                                .put("size_vram", 0)
                                .put("context_length", model.contextWindow()));
        return json;
    }

    private static ObjectNode describe(ObjectNode json, SimulatedModel model) {
        json.put("name", model.name());
        json.put("model", model.name());
        json.put("size", 0);
        json.put("digest", "%064x".formatted(model.name().hashCode() & 0xFFFFFFFFL));
        json.set("details", details());
        return json;
    }

    private static ObjectNode details() {
        ObjectNode details = Json.object();
        details.put("parent_model", "").put("format", "simulated").put("family", "simulated");
        details.putArray("families").add("simulated");
        return details.put("parameter_size", "0").put("quantization_level", "none");
    }

    private static void show(HttpServerRequest request, SimulatedModel model) {
        ObjectNode json = Json.object();
        json.put("modelfile", "# No model stands behind this: its answers are simulated.");
        json.put("parameters", "num_ctx " + model.contextWindow());
        json.put("template", "{{ .Prompt }}");
        json.set("details", details());
        json.putObject("model_info")
                .put("general.architecture", "simulated")
                .put("general.basename", model.name())
                .put("simulated.context_length", model.contextWindow())
                .put("simulated.embedding_length", SimulatedModel.EMBEDDING_LENGTH)
                .put("tokenizer.ggml.model", "whitespace");
        json.putArray("capabilities").add("completion").add("tools").add("vision").add("embedding");
        json.put("modified_at", MODIFIED);
        Answers.json(request, 200, json);
    }
}
