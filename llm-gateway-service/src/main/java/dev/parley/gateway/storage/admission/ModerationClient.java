package dev.parley.gateway.storage.admission;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.gateway.business.model.Message;
import dev.parley.platform.web.PropagateIds;
import dev.parley.platform.web.StrictJson;
import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.quarkus.rest.client.reactive.jackson.ClientObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** moderation's internal endpoints. */
@RegisterRestClient(configKey = "moderation")
@RegisterProvider(PropagateIds.class)
@Path("/internal/moderation")
interface ModerationClient {
    @POST
    @Path("/checks")
    Uni<CheckAnswer> check(@HeaderParam("Authorization") String bearer, CheckBody body);

    @POST
    @Path("/stream_checks")
    Uni<StreamCheckAnswer> checkStream(
            @HeaderParam("Authorization") String bearer, StreamCheckBody body);

    @ClientObjectMapper
    static ObjectMapper mapper(ObjectMapper strict) {
        return StrictJson.tolerant(strict);
    }

    @ClientExceptionMapper
    static RuntimeException refusal(Response answer) {
        return NeighbourRefusal.of(answer);
    }

    /** What a model is to be sent. */
    record CheckBody(String direction, List<ItemBody> items) {
        static CheckBody ofInput(List<Message> messages) {
            return new CheckBody("input", messages.stream().map(ItemBody::of).toList());
        }
    }

    /** One message. */
    record ItemBody(String role, String text) {
        static ItemBody of(Message message) {
            return new ItemBody(message.role().text(), message.text());
        }
    }

    /** The verdict about an input. */
    record CheckAnswer(
            String action, @Nullable List<String> categories, @Nullable Boolean failOpen) {}

    /** What a model wrote. */
    record StreamCheckBody(
            String organization,
            String subject,
            String shown,
            String pending,
            @JsonProperty("final") boolean last) {}

    /** The verdict about pending output. */
    record StreamCheckAnswer(String action, @Nullable Integer release, @Nullable String text) {}
}
