package dev.parley.conversation.api.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.conversation.business.message.ContentPart;
import dev.parley.conversation.business.message.Item;
import dev.parley.conversation.business.message.Origin;
import dev.parley.platform.id.PublicId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A message in OpenAI's shape, with when it was made, reached us and left us (RFC 3339), and the
 * turn that it belongs to.
 */
@RegisterForReflection
@Schema(name = "Item")
public record ItemView(
        String id,
        String type,
        String status,
        String role,
        List<Part> content,
        long createdAt,
        @Nullable Instant receivedAt,
        @Nullable Instant sentAt,
        Parley parley) {

    /** A part of the content; the last two belong to a model's text only. */
    @RegisterForReflection
    @Schema(name = "ItemPart")
    public record Part(
            String type,
            String text,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Object> annotations,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Object> logprobs) {}

    /** What OpenAI's items lack. */
    @RegisterForReflection
    @Schema(name = "ItemPlace")
    public record Parley(
            @JsonProperty("parent_id") @Nullable String parent,
            int depth,
            String origin,
            @JsonProperty("response_id") @Nullable String response) {}

    public static ItemView of(Item item) {
        Origin origin = item.origin();
        return new ItemView(
                id(item.id().value()),
                "message",
                item.complete() ? "completed" : "incomplete",
                item.role().name().toLowerCase(Locale.ROOT),
                item.payload().parts().stream().map(ItemView::part).toList(),
                item.createdAt().getEpochSecond(),
                item.receivedAt(),
                item.sentAt(),
                new Parley(
                        item.parent() == null ? null : id(item.parent().value()),
                        item.depth(),
                        origin.name().toLowerCase(Locale.ROOT),
                        item.response() == null
                                ? null
                                : PublicId.format("resp_", item.response().value())));
    }

    private static Part part(ContentPart part) {
        return switch (part.kind()) {
            case INPUT_TEXT -> new Part("input_text", part.text(), null, null);
            case OUTPUT_TEXT -> new Part("output_text", part.text(), List.of(), List.of());
        };
    }

    static String id(UUID id) {
        return PublicId.format("msg_", id);
    }
}
