package dev.parley.moderation.api.screening;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.moderation.api.screening.ModerationBodies.Moderation;
import dev.parley.moderation.app.screening.ScreenTexts;
import dev.parley.moderation.business.policy.OrganizationId;
import dev.parley.moderation.business.screening.Direction;
import dev.parley.moderation.business.screening.ScreeningLimits;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.id.TimeOrderedIds;
import dev.parley.platform.security.Access;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** OpenAI's moderation endpoint. */
@Path("/v1/moderations")
@Tag(name = "Moderations")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Access(scopes = "chat")
public class ModerationsResource {
    private static final String DEFAULT_MODEL = "omni-moderation-latest";
    private static final Set<String> MODELS =
            Set.of(
                    DEFAULT_MODEL,
                    "omni-moderation-2024-09-26",
                    "text-moderation-latest",
                    "text-moderation-stable");

    private final ScreenTexts screenTexts;
    private final ScreeningThreads threads;
    private final ScreeningLimits limits;
    private final CurrentCaller currentCaller;
    private final TimeOrderedIds ids;

    @Inject
    ModerationsResource(
            ScreenTexts screenTexts,
            ScreeningThreads threads,
            ScreeningLimits limits,
            CurrentCaller currentCaller,
            TimeOrderedIds ids) {
        this.screenTexts = screenTexts;
        this.threads = threads;
        this.limits = limits;
        this.currentCaller = currentCaller;
        this.ids = ids;
    }

    /**
     * What a client asks.
     *
     * @param input a text, an array of texts, or an array of {@code {"type":"text","text":…}}
     *     objects, which count as one
     */
    public record ModerationRequest(
            @Schema(required = true, ref = "ModerationInput") @Nullable JsonNode input,
            @Nullable String model) {}

    @POST
    @Refuses({"400 empty_message message_too_long unsupported_prompt", "404 model_not_found"})
    @Operation(
            operationId = "createModeration",
            summary = "Judge texts",
            description =
                    "OpenAI's shape; `parley` adds the action that the caller's policy takes on"
                            + " such a text as input, and personal data by Unicode code points."
                            + " An unknown `model` is refused; every known one is judged by the"
                            + " same rules.")
    public Uni<Moderation> moderate(@Nullable ModerationRequest request) {
        if (request == null) {
            throw Problem.invalid("body", "a body is required").asException();
        }
        String model = request.model() == null ? DEFAULT_MODEL : request.model();
        if (!MODELS.contains(model)) {
            throw Problem.of(404, "model_not_found", "There is no such moderation model.")
                    .withParam("model")
                    .asException();
        }
        List<String> texts = ModerationInput.textsOf(request.input(), limits.longestText());
        ScreenTexts.Command command =
                new ScreenTexts.Command(
                        new OrganizationId(currentCaller.get().organization()),
                        Direction.INPUT,
                        texts);
        long characters = texts.stream().mapToLong(String::length).sum();
        return threads.screen(characters, () -> screenTexts.handle(command))
                .map(
                        outcome ->
                                switch (outcome) {
                                    case ScreenTexts.Outcome.Unavailable _ ->
                                            throw Problem.dependencyUnavailable().asException();
                                    case ScreenTexts.Outcome.Screened screened ->
                                            Moderation.of(
                                                    PublicId.format("modr-", ids.next()),
                                                    model,
                                                    texts,
                                                    screened);
                                });
    }
}
