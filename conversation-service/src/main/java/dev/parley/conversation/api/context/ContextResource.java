package dev.parley.conversation.api.context;

import dev.parley.conversation.api.message.Ids;
import dev.parley.conversation.app.context.ReadManifest;
import dev.parley.conversation.business.context.Manifest;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.security.Access;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.web.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /v1/responses/{id}/context}: what the model was sent, by ids, versions and counts. */
@Path("/v1/responses/{id}/context")
@Tag(name = "responses")
@RunOnVirtualThread
public class ContextResource {
    private final ReadManifest readManifest;
    private final CurrentCaller caller;

    @Inject
    ContextResource(ReadManifest readManifest, CurrentCaller caller) {
        this.readManifest = readManifest;
        this.caller = caller;
    }

    /** A layer of instructions that was used. */
    @RegisterForReflection
    @Schema(name = "InstructionLayer")
    public record LayerView(String layer, String id, int tokens) {}

    /** Which version of which rule was applied. */
    @RegisterForReflection
    @Schema(name = "ContextRules")
    public record RulesView(String markers, String tokens) {}

    /** A manifest. */
    @RegisterForReflection
    @Schema(name = "ContextManifest")
    public record ManifestView(
            String object,
            String responseId,
            String model,
            String strategy,
            List<LayerView> instructions,
            List<String> summaries,
            List<String> prompts,
            List<String> items,
            int omittedItems,
            RulesView rules,
            long inputTokens,
            long reservedOutputTokens,
            long contextWindow,
            String salt,
            String hash,
            String reassembly,
            long createdAt) {

        static ManifestView of(ReadManifest.Checked checked) {
            Manifest manifest = checked.manifest();
            return new ManifestView(
                    "response.context",
                    Ids.text(manifest.response()),
                    manifest.model(),
                    manifest.strategy(),
                    manifest.layers().stream()
                            .map(
                                    layer ->
                                            new LayerView(
                                                    layer.layer().name().toLowerCase(Locale.ROOT),
                                                    PublicId.format("text_", layer.payload()),
                                                    layer.tokens()))
                            .toList(),
                    List.of(),
                    List.of(),
                    manifest.items().stream().map(Ids::text).toList(),
                    manifest.omitted(),
                    new RulesView(manifest.markerRule(), manifest.estimator()),
                    manifest.inputTokens(),
                    manifest.reservedOutput(),
                    manifest.window(),
                    manifest.salt().hex(),
                    manifest.hash().hex(),
                    checked.reassembly().name().toLowerCase(Locale.ROOT),
                    manifest.createdAt().getEpochSecond());
        }
    }

    @GET
    @Access(scopes = {"chat", "conversations"})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "getResponseContext",
            summary = "Read the manifest of what the model was sent for a turn")
    public ManifestView get(@PathParam("id") String id) {
        return readManifest
                .handle(Ids.response(id), Ids.owner(caller.get()))
                .map(ManifestView::of)
                .orElseThrow(() -> Problem.notFound().asException());
    }
}
