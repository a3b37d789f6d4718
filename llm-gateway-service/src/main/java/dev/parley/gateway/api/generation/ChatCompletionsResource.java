package dev.parley.gateway.api.generation;

import dev.parley.gateway.app.generation.CallRequester;
import dev.parley.gateway.app.generation.GenerateText;
import dev.parley.gateway.business.admission.CallFacts;
import dev.parley.gateway.business.admission.CallId;
import dev.parley.gateway.business.admission.Purpose;
import dev.parley.gateway.business.generation.Ending;
import dev.parley.gateway.business.generation.OutputScreening;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.id.TimeOrderedIds;
import dev.parley.platform.security.Access;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.web.RequestContext;
import dev.parley.platform.web.RequestIds;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** OpenAI's chat completions. */
@Path("/v1/chat/completions")
public class ChatCompletionsResource {
    private static final String PREFIX = "chatcmpl-";

    private final GenerateText generateText;
    private final CurrentCaller currentCaller;
    private final TimeOrderedIds ids;

    @Inject
    ChatCompletionsResource(
            GenerateText generateText, CurrentCaller currentCaller, TimeOrderedIds ids) {
        this.generateText = generateText;
        this.currentCaller = currentCaller;
        this.ids = ids;
    }

    @POST
    @Access(scopes = "chat")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
    @Operation(operationId = "createChatCompletion", summary = "Answers a list of messages")
    public Uni<@Nullable Response> create(
            @Nullable ChatCompletionRequest request, @Context HttpServerResponse response) {
        if (request == null) {
            throw ChatParameters.invalid("body", "a body is required");
        }
        GenerateText.Command command = command(request);
        ChatWire wire =
                new ChatWire(
                        command.call().id().value(),
                        Instant.now(),
                        command.model().value(),
                        request.includesUsage());
        return RequestContext.stay(generateText.handle(command))
                .flatMap(
                        outcome ->
                                switch (outcome) {
                                    case GenerateText.Outcome.Refused refused ->
                                            Uni.createFrom()
                                                    .item(
                                                            Refusals.problem(refused.why())
                                                                    .toResponse());
                                    case GenerateText.Outcome.Admitted admitted ->
                                            request.streams()
                                                    ? StreamedAnswer.write(
                                                            admitted.generation(), response, wire)
                                                    : WholeAnswer.of(admitted.generation(), wire);
                                });
    }

    private GenerateText.Command command(ChatCompletionRequest request) {
        ChatParameters parameters = new ChatParameters(request);
        parameters.refuseUnsupported();
        return new GenerateText.Command(
                new CallFacts(
                        new CallId(PublicId.format(PREFIX, ids.next())),
                        new CallRequester(currentCaller.get(), false),
                        Purpose.CHAT,
                        null,
                        null,
                        RequestIds.requestIdOrNew(),
                        RequestIds.currentTraceId()),
                parameters.model(),
                ChatMessages.prompt(request.messages()),
                parameters.sampling(),
                parameters.mostOutput(),
                request.streams() ? OutputScreening.AS_IT_COMES : OutputScreening.WHOLE,
                Ending.CLIENT_GONE);
    }
}
