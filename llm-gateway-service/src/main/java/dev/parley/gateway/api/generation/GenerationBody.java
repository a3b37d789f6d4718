package dev.parley.gateway.api.generation;

import dev.parley.gateway.business.admission.CallId;
import dev.parley.gateway.business.admission.Purpose;
import dev.parley.gateway.business.generation.AnswerFormat;
import dev.parley.gateway.business.generation.Sampling;
import dev.parley.gateway.business.model.Message;
import dev.parley.gateway.business.model.ModelId;
import dev.parley.gateway.business.model.Prompt;
import dev.parley.gateway.business.model.Role;
import dev.parley.platform.id.PublicId;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /internal/generations}. */
record GenerationBody(
        @Nullable String call,
        @Nullable String purpose,
        @Nullable String conversation,
        @Nullable String response,
        @Nullable String model,
        @Nullable List<MessageBody> messages,
        @Nullable Long maxOutputTokens,
        @Nullable Double temperature,
        @Nullable Double topP) {

    private static final String CALL_PREFIX = "gen_";

    /**
     * One message.
     *
     * @param screened whether moderation has let it pass before; it has not unless this says so
     */
    record MessageBody(
            @Nullable String role, @Nullable Boolean screened, @Nullable List<PartBody> content) {}

    /** A part of one. */
    record PartBody(@Nullable String type, @Nullable String text) {}

    CallId callId() {
        if (call == null || PublicId.parse(CALL_PREFIX, call).isEmpty()) {
            throw ChatParameters.invalid("call", "call must be gen_ and 32 hex digits");
        }
        return new CallId(call);
    }

    Purpose purposeOfCall() {
        return Purpose.of(purpose == null ? "" : purpose)
                .filter(known -> known != Purpose.CHAT)
                .orElseThrow(
                        () ->
                                ChatParameters.invalid(
                                        "purpose", "purpose must be turn, summary or title"));
    }

    ModelId modelId() {
        if (model == null || model.isBlank()) {
            throw ChatParameters.invalid("model", "model is required");
        }
        return new ModelId(model);
    }

    Prompt prompt() {
        if (messages == null || messages.isEmpty()) {
            throw ChatParameters.invalid("messages", "messages is required");
        }
        return new Prompt(messages.stream().map(GenerationBody::message).toList());
    }

    List<Message> unscreened() {
        return messages == null
                ? List.of()
                : messages.stream()
                        .filter(message -> !Boolean.TRUE.equals(message.screened()))
                        .map(GenerationBody::message)
                        .toList();
    }

    Sampling sampling() {
        return new Sampling(
                ChatParameters.within(temperature, 2, "temperature"),
                ChatParameters.within(topP, 1, "top_p"),
                null,
                List.of(),
                new AnswerFormat.Text());
    }

    private static Message message(MessageBody body) {
        Role role =
                switch (body.role()) {
                    case "system" -> Role.SYSTEM;
                    case "user" -> Role.USER;
                    case "assistant" -> Role.ASSISTANT;
                    case null, default ->
                            throw ChatParameters.invalid(
                                    "messages.role", "role must be system, user or assistant");
                };
        if (body.content() == null) {
            throw ChatParameters.invalid("messages.content", "content is required");
        }
        return new Message(
                role,
                body.content().stream()
                        .map(GenerationBody::text)
                        .collect(Collectors.joining("\n")));
    }

    private static String text(PartBody part) {
        if (!"text".equals(part.type()) || part.text() == null) {
            throw ChatParameters.invalid("messages.content", "a part must be text");
        }
        return part.text();
    }
}
