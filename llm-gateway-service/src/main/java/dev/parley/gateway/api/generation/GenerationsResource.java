package dev.parley.gateway.api.generation;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.gateway.app.generation.CallRequester;
import dev.parley.gateway.app.generation.GenerateText;
import dev.parley.gateway.business.admission.CallFacts;
import dev.parley.gateway.business.generation.Ending;
import dev.parley.gateway.business.generation.OutputScreening;
import dev.parley.platform.audit.Audited;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.security.Internal;
import dev.parley.platform.web.RequestContext;
import dev.parley.platform.web.RequestIds;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The same governed path for conversation-service, as lines of JSON. */
@Path("/internal/generations")
public class GenerationsResource {
    private final GenerateText generateText;
    private final CurrentCaller currentCaller;
    private final ObjectMapper json;

    @Inject
    GenerationsResource(GenerateText generateText, CurrentCaller currentCaller, ObjectMapper json) {
        this.generateText = generateText;
        this.currentCaller = currentCaller;
        this.json = json;
    }

    @POST
    @Internal(value = Internal.Kind.EXCHANGED, clients = "conversation-service")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(GenerationWire.NDJSON)
    @Audited(action = "generation.create", resource = "generation")
    @Operation(hidden = true)
    public Uni<@Nullable Response> create(
            @Nullable GenerationBody body, @Context HttpServerRequest http) {
        if (body == null) {
            throw ChatParameters.invalid("body", "a body is required");
        }
        return RequestContext.stay(generateText.handle(command(body)))
                .flatMap(
                        outcome ->
                                switch (outcome) {
                                    case GenerateText.Outcome.Refused refused ->
                                            Uni.createFrom()
                                                    .item(
                                                            Refusals.problem(refused.why())
                                                                    .toResponse());
                                    case GenerateText.Outcome.Admitted admitted ->
                                            StreamedAnswer.write(
                                                    admitted.generation(),
                                                    http,
                                                    new GenerationWire(
                                                            admitted.generation(), json));
                                });
    }

    private GenerateText.Command command(GenerationBody body) {
        return new GenerateText.Command(
                new CallFacts(
                        body.callId(),
                        new CallRequester(currentCaller.get(), true),
                        body.purposeOfCall(),
                        body.conversation(),
                        body.response(),
                        RequestIds.requestIdOrNew(),
                        RequestIds.traceparent()),
                body.modelId(),
                body.prompt(),
                body.unscreened(),
                body.sampling(),
                ChatParameters.atLeastOne(body.maxOutputTokens(), "max_output_tokens"),
                OutputScreening.AS_IT_COMES,
                Ending.CANCELLED,
                null);
    }
}
