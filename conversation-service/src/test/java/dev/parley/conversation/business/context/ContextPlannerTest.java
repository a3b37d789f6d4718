package dev.parley.conversation.business.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.business.context.ContextPlan.Message;
import dev.parley.conversation.business.context.ContextPlanner.Planning;
import dev.parley.conversation.business.message.ContentPart;
import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.Item;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.Messages;
import dev.parley.conversation.business.message.Origin;
import dev.parley.conversation.business.message.Payload;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.message.Role;
import dev.parley.conversation.business.message.Salt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContextPlannerTest {
    private static final ConversationId CONVERSATION = new ConversationId(new UUID(0, 1));
    private static final Salt SALT = new Salt("00".repeat(16));

    @Test
    void showsEverythingThatFitsOldestFirst() {
        ContextPlan plan = planned(request(List.of(), 4, 1, 1000, true));
        assertThat(texts(plan)).containsExactly("item 0", "item 1", "item 2", "item 3", "new 0");
        assertThat(plan.omitted()).isZero();
    }

    @Test
    void putsLayersInTheirOrderHoweverTheyCome() {
        ContextPlan plan =
                planned(
                        request(
                                List.of(
                                        instructions(InstructionLayer.REQUEST),
                                        instructions(InstructionLayer.INSTALLATION),
                                        instructions(InstructionLayer.CONVERSATION)),
                                0,
                                1,
                                1000,
                                true));
        assertThat(texts(plan)).containsExactly("INSTALLATION", "CONVERSATION", "REQUEST", "new 0");
        assertThat(plan.messages().getFirst().speaker()).isEqualTo(ContextPlan.Speaker.SYSTEM);
    }

    @Test
    void leavesWholeMessagesOutOldestFirst() {
        ContextPlan plan = planned(request(List.of(), 10, 1, 30, true));
        assertThat(texts(plan)).containsExactly("item 6", "item 7", "item 8", "item 9", "new 0");
        assertThat(plan.omitted()).isEqualTo(6);
        assertThat(plan.inputTokens()).isLessThanOrEqualTo(30);
    }

    @Test
    void refusesToLeaveAnythingOutWhenItMayNot() {
        assertThat(ContextPlanner.plan(request(List.of(), 10, 1, 30, false)))
                .isInstanceOf(Planning.TooLong.class);
    }

    @Test
    void neverLeavesOutWhatTheTurnAdds() {
        assertThat(ContextPlanner.plan(request(List.of(), 0, 10, 30, true)))
                .isInstanceOf(Planning.TooLong.class);
    }

    @Test
    void neverExceedsTheWindowAndAlwaysShowsTheNewestWhateverTheSizes() {
        long seed = 20261123;
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<Item> path = new ArrayList<>();
            for (int i = 0; i < random.nextInt(20); i++) {
                path.add(item(i, "w ".repeat(1 + random.nextInt(60))));
            }
            ModelWindow window = new ModelWindow(1 + random.nextInt(400), 10);
            Planning planning =
                    ContextPlanner.plan(
                            new ContextPlanner.Request(
                                    List.of(),
                                    new Messages.Path(path, 0),
                                    List.of(item(path.size(), "new")),
                                    window,
                                    10,
                                    true));
            switch (planning) {
                case Planning.Planned planned -> {
                    ContextPlan plan = planned.plan();
                    assertThat(plan.inputTokens() + 10)
                            .describedAs("seed %d round %d", seed, round)
                            .isLessThanOrEqualTo(window.tokens());
                    int shown = plan.items().size() - 1;
                    assertThat(plan.items().subList(0, shown))
                            .isEqualTo(
                                    path.subList(path.size() - shown, path.size()).stream()
                                            .map(Item::id)
                                            .toList());
                    assertThat(plan.omitted()).isEqualTo(path.size() - shown);
                }
                case Planning.TooLong tooLong ->
                        assertThat(window.tokens() - 10).isLessThan(tooLong.needed());
            }
        }
    }

    @Test
    void theSamePlanGivesTheSameHashAndAnotherTextAnother() {
        List<Message> messages = planned(request(List.of(), 2, 1, 1000, true)).messages();
        assertThat(Manifest.hash(SALT, messages)).isEqualTo(Manifest.hash(SALT, messages));
        assertThat(Manifest.hash(SALT, messages.subList(1, 3)))
                .isNotEqualTo(Manifest.hash(SALT, messages));
        assertThat(Manifest.hash(new Salt("01".repeat(16)), messages))
                .isNotEqualTo(Manifest.hash(SALT, messages));
    }

    private static ContextPlan planned(ContextPlanner.Request request) {
        Planning planning = ContextPlanner.plan(request);
        if (planning instanceof Planning.Planned planned) {
            return planned.plan();
        }
        throw new AssertionError("no plan: " + planning);
    }

    private static List<String> texts(ContextPlan plan) {
        return plan.messages().stream().map(Message::text).toList();
    }

    private static ContextPlanner.Request request(
            List<Instructions> layers, int earlier, int added, int available, boolean mayTrim) {
        List<Item> path = new ArrayList<>();
        for (int i = 0; i < earlier; i++) {
            path.add(item(i, "item " + i));
        }
        List<Item> fresh = new ArrayList<>();
        for (int i = 0; i < added; i++) {
            fresh.add(item(earlier + i, "new " + i));
        }
        return new ContextPlanner.Request(
                layers,
                new Messages.Path(path, 0),
                fresh,
                new ModelWindow(available + 100L, 100),
                100,
                mayTrim);
    }

    private static Instructions instructions(InstructionLayer layer) {
        return new Instructions(
                layer,
                new Payload(
                        new UUID(2, layer.name().hashCode()),
                        SALT,
                        List.of(ContentPart.input(layer.name()))));
    }

    private static Item item(int depth, String text) {
        return new Item(
                new ItemId(new UUID(1, depth)),
                CONVERSATION,
                depth == 0 ? null : new ItemId(new UUID(1, depth - 1L)),
                depth,
                Role.USER,
                Origin.SENT,
                true,
                new Payload(new UUID(3, depth), SALT, List.of(ContentPart.input(text))),
                TokenEstimate.ofMessage(text),
                null,
                Instant.EPOCH,
                null,
                null);
    }

    @Test
    void knowsWhatModerationHasLetPassInItsOwnTurn() {
        ResponseId turn = new ResponseId(new UUID(5, 5));
        Item outsideOfATurn = withTurn(Origin.SENT, null, null);
        Item supplied = withTurn(Origin.SUPPLIED, null, null);
        Item ofATurnThatEndedBefore = withTurn(Origin.SENT, turn, null);
        Item ofATurn = withTurn(Origin.SENT, turn, Instant.EPOCH);
        Item answer = withTurn(Origin.GENERATED, turn, null);

        assertThat(List.of(outsideOfATurn, supplied, ofATurnThatEndedBefore, ofATurn, answer))
                .extracting(item -> ContextPlanner.message(item).screened())
                .containsExactly(false, false, false, true, true);
    }

    private static Item withTurn(
            Origin origin, @Nullable ResponseId turn, @Nullable Instant sentAt) {
        Item plain = item(0, "text");
        return new Item(
                plain.id(),
                plain.conversation(),
                plain.parent(),
                plain.depth(),
                plain.role(),
                origin,
                true,
                plain.payload(),
                plain.tokens(),
                turn,
                plain.createdAt(),
                null,
                sentAt);
    }
}
