package dev.parley.gateway.storage.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.platform.web.StrictJson;
import io.quarkus.rest.client.reactive.jackson.ClientObjectMapper;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** The part of Ollama's API that tells of models, which {@code OllamaClient} does not have. */
@RegisterRestClient(configKey = "provider-models")
@Path("/api")
interface TagsClient {
    @GET
    @Path("/tags")
    Tags tags();

    @POST
    @Path("/show")
    Shown show(Show model);

    @ClientObjectMapper
    static ObjectMapper mapper(ObjectMapper strict) {
        return StrictJson.tolerant(strict);
    }

    /** The models. */
    record Tags(@Nullable List<Tag> models) {}

    /** One of them. */
    record Tag(String name) {}

    /** Which model to show. */
    record Show(String model) {}

    /** What the provider tells of one. */
    record Shown(@Nullable JsonNode modelInfo) {}
}
