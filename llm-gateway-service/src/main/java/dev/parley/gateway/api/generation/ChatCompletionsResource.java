package dev.parley.gateway.api.generation;

import dev.parley.gateway.app.generation.CallRequester;
import dev.parley.gateway.app.generation.GenerateText;
import dev.parley.gateway.business.admission.CallFacts;
import dev.parley.gateway.business.admission.CallId;
import dev.parley.gateway.business.admission.Purpose;
import dev.parley.gateway.business.generation.Ending;
import dev.parley.gateway.business.generation.OutputScreening;
import dev.parley.gateway.business.model.Prompt;
import dev.parley.platform.audit.Audited;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.id.TimeOrderedIds;
import dev.parley.platform.security.Access;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.web.Refuses;
import dev.parley.platform.web.RequestContext;
import dev.parley.platform.web.RequestIds;
import dev.parley.platform.web.TellsLimits;
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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** OpenAI's chat completions. */
@Path("/v1/chat/completions")
@Tag(name = "Chat")
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
    @Audited(action = "generation.create", resource = "generation")
    @TellsLimits
    @Refuses({
        "400 empty_message message_too_long context_length_exceeded unsupported_prompt"
                + " unsupported_parameter upstream_refused",
        "402 budget_exhausted subscription_inactive",
        "403 instructions_not_allowed model_not_in_plan account_suspended",
        "404 model_not_found",
        "422 content_blocked",
        "429 rate_limited quota_exceeded",
        "502 upstream_error",
        "503 overloaded",
        "504 upstream_timeout"
    })
    @Operation(
            operationId = "createChatCompletion",
            summary = "Answer a list of messages",
            description = "With `stream: true` the answer is a stream of server-sent events.")
    @APIResponse(
            responseCode = "200",
            description = "The answer, whole or streamed",
            headers = {
                @Header(
                        name = "x-parley-provider",
                        description = "Who answered.",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = "x-parley-attempts",
                        description = "How often providers were asked.",
                        schema = @Schema(type = SchemaType.INTEGER))
            },
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(ref = "ChatCompletion")),
                @Content(
                        mediaType = MediaType.SERVER_SENT_EVENTS,
                        schema = @Schema(ref = "ChatCompletionStreamEvent"))
            })
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
        Prompt prompt = ChatMessages.prompt(request.messages());
        return new GenerateText.Command(
                new CallFacts(
                        new CallId(PublicId.format(PREFIX, ids.next())),
                        new CallRequester(currentCaller.get(), false),
                        Purpose.CHAT,
                        null,
                        null,
                        RequestIds.requestIdOrNew(),
                        RequestIds.traceparent()),
                parameters.model(),
                prompt,
                prompt.messages(),
                parameters.sampling(),
                parameters.mostOutput(),
                request.streams() ? OutputScreening.AS_IT_COMES : OutputScreening.WHOLE,
                Ending.CLIENT_GONE);
    }
}
