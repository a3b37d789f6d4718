package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a program does that was written for OpenAI's Chat Completions API. */
@ExtendWith(RunningStack.class)
class ChatCompletionsE2E {
    private final Stack stack;
    private final OpenAIClient client;

    ChatCompletionsE2E(Stack stack) {
        this.stack = stack;
        this.client = OfficialClients.client(stack.edge(), stack.apiKey());
    }

    @AfterEach
    void ledgerEqualsTheProvider() {
        stack.simulator().atOnce();
        stack.ledgerRule().holds();
    }

    @Test
    void answers() {
        ChatCompletion completion =
                client.chat().completions().create(ask("What is a river?").build());

        assertThat(completion.id()).startsWith("chatcmpl-");
        assertThat(completion.choices()).hasSize(1);
        assertThat(completion.choices().getFirst().finishReason())
                .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(completion.choices().getFirst().message().content().orElse("")).isNotEmpty();
        assertThat(completion.usage().orElseThrow().completionTokens()).isPositive();
    }

    @Test
    void streamsWithUsage() {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        List<ChatCompletionChunk> chunks;
        try (var stream =
                client.chat()
                        .completions()
                        .createStreaming(
                                ask("Tell me about lakes.")
                                        .streamOptions(
                                                ChatCompletionStreamOptions.builder()
                                                        .includeUsage(true)
                                                        .build())
                                        .build())) {
            chunks = stream.stream().toList();
        }
        chunks.forEach(accumulator::accumulate);

        assertThat(chunks.stream().map(ChatCompletionChunk::id).distinct()).hasSize(1);
        assertThat(chunks.getLast().choices()).isEmpty();
        assertThat(chunks.getLast().usage().orElseThrow().completionTokens()).isPositive();
        ChatCompletion whole = accumulator.chatCompletion();
        assertThat(whole.choices().getFirst().message().content().orElse("")).isNotEmpty();
    }

    @Test
    void showsNoUsageUnlessAsked() {
        try (var stream =
                client.chat().completions().createStreaming(ask("And about ponds.").build())) {
            assertThat(stream.stream())
                    .isNotEmpty()
                    .allSatisfy(chunk -> assertThat(chunk.choices()).isNotEmpty())
                    .allSatisfy(chunk -> assertThat(chunk.usage()).isEmpty());
        }
    }

    @Test
    void stopsTheProviderWhenTheClientGoes() {
        stack.simulator().slowly(400, Duration.ofMillis(50));
        try (var stream =
                client.chat().completions().createStreaming(ask("A very long story.").build())) {
            assertThat(stream.stream().limit(10)).hasSize(10);
        }
        eventually(
                Duration.ofSeconds(1),
                () -> assertThat(stack.simulator().lastCall().status()).isEqualTo("cut"));
    }

    @Test
    void refusesAnUnknownModel() {
        assertThatThrownBy(
                        () ->
                                client.chat()
                                        .completions()
                                        .create(ask("Hello?").model("none-such").build()))
                .isInstanceOfSatisfying(
                        NotFoundException.class,
                        it -> assertThat(it.code()).contains("model_not_found"));
    }

    private static ChatCompletionCreateParams.Builder ask(String text) {
        return ChatCompletionCreateParams.builder()
                .model(OfficialClients.MODEL)
                .addUserMessage(Planted.in(text));
    }
}
