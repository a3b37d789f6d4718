package dev.parley.platform.security;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.platform.web.PropagateIds;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** The issuer's endpoints that every service needs; its address is {@code parley.identity-url}. */
@RegisterRestClient(configKey = "identity")
@RegisterProvider(PropagateIds.class)
public interface IssuerClient {
    @JsonIgnoreProperties(ignoreUnknown = true)
    record TokenAnswer(
            @JsonProperty("access_token") @Nullable String accessToken,
            @JsonProperty("expires_in") @Nullable Long expiresIn) {}

    @POST
    @Path("/oauth2/token")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    Uni<TokenAnswer> clientCredentials(
            @HeaderParam("Authorization") String basic, @FormParam("grant_type") String grantType);

    @POST
    @Path("/oauth2/token")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    Uni<TokenAnswer> exchange(
            @HeaderParam("Authorization") String basic,
            @FormParam("grant_type") String grantType,
            @FormParam("subject_token") String subjectToken,
            @FormParam("subject_token_type") String subjectTokenType,
            @FormParam("audience") String audience);

    /** Unparsed; without the annotation a String would be asked for as plain text. */
    @GET
    @Path("/oauth2/jwks")
    @Produces(MediaType.APPLICATION_JSON)
    Uni<String> keys();

    @GET
    @Path("/internal/changes")
    Uni<ChangesAnswer> changes(
            @HeaderParam("Authorization") String bearer, @QueryParam("after") @Nullable Long after);

    @JsonIgnoreProperties(ignoreUnknown = true)
    record ChangesAnswer(List<ChangeAnswer> changes, long next) {
        public ChangesAnswer {
            changes = List.copyOf(changes);
        }

        /** A page of any owner's feed. */
        public ChangeSource.Changes toChanges() {
            return new ChangeSource.Changes(
                    changes.stream()
                            .map(c -> new ChangeSource.Change(c.sequence, c.kind, c.id, c.at))
                            .toList(),
                    next);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record ChangeAnswer(long sequence, String kind, String id, Instant at) {}
}
