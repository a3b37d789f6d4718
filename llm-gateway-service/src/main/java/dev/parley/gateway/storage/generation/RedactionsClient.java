package dev.parley.gateway.storage.generation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.parley.platform.web.PropagateIds;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** moderation's redaction of texts that are to be kept. */
@RegisterRestClient(configKey = "moderation")
@RegisterProvider(PropagateIds.class)
interface RedactionsClient {
    @POST
    @Path("/internal/moderation/redactions")
    Uni<RedactionAnswer> redact(@HeaderParam("Authorization") String bearer, RedactionBody body);

    /** Texts of one organization. */
    @RegisterForReflection
    record RedactionBody(String organization, List<String> texts) {}

    /** One for each. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record RedactionAnswer(List<String> texts) {
        public RedactionAnswer {
            texts = List.copyOf(texts);
        }
    }
}
