package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static dev.parley.testing.e2e.OfficialClients.ask;
import static dev.parley.testing.e2e.OfficialClients.conversationOf;
import static dev.parley.testing.e2e.OfficialClients.cutStream;
import static dev.parley.testing.e2e.OfficialClients.deltas;
import static dev.parley.testing.e2e.OfficialClients.resume;
import static dev.parley.testing.e2e.OfficialClients.sequenceOf;
import static dev.parley.testing.e2e.OfficialClients.stream;
import static dev.parley.testing.e2e.OfficialClients.text;
import static dev.parley.testing.e2e.OfficialClients.typeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.conversations.Conversation;
import com.openai.models.conversations.items.ConversationItem;
import com.openai.models.conversations.items.ItemListParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a program does that was written for OpenAI's Responses and Conversations APIs. */
@ExtendWith(RunningStack.class)
class ResponsesE2E {
    private final Stack stack;
    private final OpenAIClient client;

    ResponsesE2E(Stack stack) {
        this.stack = stack;
        this.client = OfficialClients.client(stack.edge(), stack.apiKey());
    }

    @AfterEach
    void ledgerEqualsTheProvider() {
        stack.simulator().atOnce();
        stack.ledgerRule().holds();
    }

    @Test
    void streamsAResponse() {
        ResponseAccumulator accumulator = ResponseAccumulator.create();

        List<ResponseStreamEvent> events = stream(client, ask("Tell me about rivers.").build());
        events.forEach(accumulator::accumulate);

        assertThat(events.stream().map(OfficialClients::typeOf).distinct())
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
        assertThat(events.stream().map(OfficialClients::sequenceOf))
                .containsExactlyElementsOf(LongStream.range(0, events.size()).boxed().toList());
        Response response = accumulator.response();
        assertThat(response.status()).contains(ResponseStatus.COMPLETED);
        assertThat(text(response)).isNotEmpty().isEqualTo(deltas(events));
        assertThat(response.usage().orElseThrow().outputTokens()).isPositive();
        assertThat(response.usage().orElseThrow().inputTokens()).isPositive();
        assertThat(text(client.responses().retrieve(response.id()))).isEqualTo(text(response));
    }

    @Test
    void continuesAConversation() {
        Conversation conversation = client.conversations().create();
        Response first =
                client.responses().create(ask("One.").conversation(conversation.id()).build());
        Response second =
                client.responses().create(ask("Two.").conversation(conversation.id()).build());

        assertThat(first.status()).contains(ResponseStatus.COMPLETED);
        assertThat(conversationOf(second)).isEqualTo(conversation.id());
        assertThat(second.usage().orElseThrow().inputTokens())
                .as("the second turn is told the first")
                .isGreaterThan(first.usage().orElseThrow().inputTokens());
        assertThat(texts(conversation.id()))
                .containsExactly(Planted.in("One."), text(first), Planted.in("Two."), text(second));
    }

    @Test
    void continuesFromAPreviousResponse() {
        Response first = client.responses().create(ask("One.").build());
        Response second =
                client.responses().create(ask("Two.").previousResponseId(first.id()).build());

        assertThat(second.previousResponseId()).contains(first.id());
        assertThat(conversationOf(second)).isEqualTo(conversationOf(first));
        assertThat(texts(conversationOf(first)))
                .containsExactly(Planted.in("One."), text(first), Planted.in("Two."), text(second));
    }

    @Test
    void branchesFromAnEarlierResponse() {
        Response root = client.responses().create(ask("Root of it.").build());
        Response left =
                client.responses()
                        .create(ask("Left, a long way.").previousResponseId(root.id()).build());
        Response right =
                client.responses().create(ask("Right.").previousResponseId(root.id()).build());

        assertThat(conversationOf(right)).isEqualTo(conversationOf(root));
        long words =
                words(Planted.in("Root of it.")) + words(text(root)) + words(Planted.in("Right."));
        assertThat(right.usage().orElseThrow().inputTokens())
                .as("the model saw the right branch only")
                .isEqualTo(words);
        assertThat(text(client.responses().retrieve(left.id()))).isEqualTo(text(left));
        Response further =
                client.responses().create(ask("Further.").previousResponseId(left.id()).build());
        assertThat(further.status()).contains(ResponseStatus.COMPLETED);
    }

    @Test
    void resumesACutStream() {
        stack.simulator().slowly(40, Duration.ofMillis(50));

        List<ResponseStreamEvent> before = cutStream(client, ask("Slowly, please.").build(), 10);
        String id = before.getFirst().asCreated().response().id();
        long last = sequenceOf(before.getLast());
        List<ResponseStreamEvent> after = resume(client, id, last);

        List<ResponseStreamEvent> all = new ArrayList<>(before);
        all.addAll(after);
        assertThat(all.stream().map(OfficialClients::sequenceOf))
                .containsExactlyElementsOf(LongStream.range(0, all.size()).boxed().toList());
        Response response = after.getLast().asCompleted().response();
        assertThat(deltas(all)).isEqualTo(text(response));
        assertThat(response.usage().orElseThrow().outputTokens()).isEqualTo(40);
        List<ResponseStreamEvent> again = resume(client, id, -1);
        assertThat(again.stream().map(OfficialClients::typeOf))
                .containsExactlyElementsOf(all.stream().map(OfficialClients::typeOf).toList());
    }

    @Test
    void cancelsARunningResponse() {
        stack.simulator().slowly(400, Duration.ofMillis(50));

        List<ResponseStreamEvent> seen = new ArrayList<>();
        try (var stream = client.responses().createStreaming(ask("Never mind.").build())) {
            stream.stream()
                    .forEach(
                            event -> {
                                seen.add(event);
                                if (seen.size() == 12) {
                                    client.responses().cancel(idOf(seen));
                                }
                            });
        }

        assertThat(typeOf(seen.getLast())).isEqualTo("response.incomplete");
        Response streamed = seen.getLast().asIncomplete().response();
        assertThat(streamed.status()).contains(ResponseStatus.CANCELLED);
        Response kept = client.responses().retrieve(idOf(seen));
        assertThat(kept.status()).contains(ResponseStatus.CANCELLED);
        assertThat(kept.incompleteDetails()).isEmpty();
        assertThat(text(kept)).isNotEmpty().isEqualTo(deltas(seen));
        assertThat(kept.usage().orElseThrow().outputTokens()).isPositive().isLessThan(400);
        eventually(
                Duration.ofSeconds(2),
                () -> assertThat(stack.simulator().lastCall().status()).isEqualTo("cut"));
    }

    @Test
    void goesOnWithoutItsClient() {
        stack.simulator().slowly(30, Duration.ofMillis(40));

        List<ResponseStreamEvent> before = cutStream(client, ask("Go on without me.").build(), 6);

        eventually(
                Duration.ofSeconds(10),
                () ->
                        assertThat(client.responses().retrieve(idOf(before)).status())
                                .contains(ResponseStatus.COMPLETED));
        assertThat(client.responses().retrieve(idOf(before)).usage().orElseThrow().outputTokens())
                .isEqualTo(30);
    }

    @Test
    void endsAtTheGrantedLength() {
        stack.simulator().behave("{\"tokens\":50}");

        Response response = client.responses().create(ask("Be brief.").maxOutputTokens(16).build());

        assertThat(response.status()).contains(ResponseStatus.INCOMPLETE);
        assertThat(response.incompleteDetails().orElseThrow().reason().orElseThrow().asString())
                .isEqualTo("max_output_tokens");
        assertThat(response.usage().orElseThrow().outputTokens()).isEqualTo(16);
    }

    @Test
    void listsItemsPageByPage() {
        Response first = client.responses().create(ask("A.").build());
        Response second =
                client.responses().create(ask("B.").previousResponseId(first.id()).build());

        List<String> ids = new ArrayList<>();
        client.conversations()
                .items()
                .list(
                        conversationOf(second),
                        ItemListParams.builder().limit(1).order(ItemListParams.Order.ASC).build())
                .autoPager()
                .forEach(item -> ids.add(item.asMessage().id()));
        assertThat(ids).hasSize(4).doesNotHaveDuplicates();
        var input = client.responses().inputItems().list(second.id()).data();
        assertThat(input).isNotEmpty();
        assertThat(client.conversations().retrieve(conversationOf(second)).id())
                .isEqualTo(conversationOf(second));
    }

    @Test
    void listsModels() {
        assertThat(client.models().list().data()).anyMatch(it -> it.id().equals("simulated"));
        assertThat(client.models().retrieve("simulated").id()).isEqualTo("simulated");
        assertThatThrownBy(() -> client.models().retrieve("none-such"))
                .isInstanceOfSatisfying(
                        NotFoundException.class,
                        it -> assertThat(it.code()).contains("model_not_found"));
    }

    @Test
    void getsAndDeletes() {
        Response response = client.responses().create(ask("To be forgotten.").build());
        String conversation = conversationOf(response);

        client.responses().delete(response.id());
        assertThatThrownBy(() -> client.responses().retrieve(response.id()))
                .isInstanceOf(NotFoundException.class);
        assertThat(client.conversations().delete(conversation).deleted()).isTrue();
        assertThatThrownBy(() -> client.conversations().retrieve(conversation))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void readsErrorsAsItsOwn() {
        assertThatThrownBy(() -> client.responses().create(ask("Nothing.").input("").build()))
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        it -> assertThat(it.code()).contains("empty_message"));
        OpenAIClient stranger = OfficialClients.client(stack.edge(), "sk-parley-unknown");
        assertThatThrownBy(() -> stranger.models().list())
                .isInstanceOfSatisfying(
                        UnauthorizedException.class,
                        it -> assertThat(it.code()).contains("invalid_token"));
    }

    private List<String> texts(String conversation) {
        List<String> texts = new ArrayList<>();
        for (ConversationItem item :
                client.conversations()
                        .items()
                        .list(
                                conversation,
                                ItemListParams.builder().order(ItemListParams.Order.ASC).build())
                        .data()) {
            item.asMessage()
                    .content()
                    .forEach(
                            part ->
                                    texts.add(
                                            part.isInputText()
                                                    ? part.asInputText().text()
                                                    : part.asOutputText().text()));
        }
        return texts;
    }

    private static String idOf(List<ResponseStreamEvent> events) {
        return events.getFirst().asCreated().response().id();
    }

    private static long words(String text) {
        return text.strip().split("\\s+", -1).length;
    }
}
