package dev.parley.conversation.api.response;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/responses}, for the OpenAPI document alone. */
@Schema(name = "CreateResponse")
record ResponseBody(
        @Schema(required = true) String model,
        @Schema(required = true, description = "A string, or an array of message items")
                Object input,
        @Schema(description = "An id, or an object with an id") @Nullable Object conversation,
        @Nullable String previous_response_id,
        @Nullable String instructions,
        @Schema(defaultValue = "false") @Nullable Boolean stream,
        @Schema(defaultValue = "true") @Nullable Boolean store,
        @Nullable Long max_output_tokens,
        @Nullable Double temperature,
        @Nullable Double top_p,
        @Schema(
                        defaultValue = "auto",
                        enumeration = {"auto", "disabled"})
                @Nullable String truncation,
        @Nullable Map<String, String> metadata,
        @Nullable String safety_identifier) {}
