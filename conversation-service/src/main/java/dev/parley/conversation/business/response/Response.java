package dev.parley.conversation.business.response;

import dev.parley.conversation.business.context.TokenEstimate;
import dev.parley.conversation.business.conversation.Metadata;
import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.Item;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.Origin;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.Payload;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.message.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One turn.
 *
 * @param conversationGiven whether the caller named the conversation, rather than had one opened
 * @param startedFrom the item that the turn's first item follows, or null at the root
 * @param depth of the turn's first item
 * @param stored false when nothing of it is kept but its usage
 * @param traceparent the W3C trace of its request and the span that all it does is a part of
 * @param epoch whoever ends the turn has to name the epoch that it took it with
 * @param end null while it is in progress
 */
public record Response(
        ResponseId id,
        Owner owner,
        ConversationId conversation,
        boolean conversationGiven,
        @Nullable ResponseId previous,
        @Nullable ItemId startedFrom,
        int depth,
        List<ItemId> input,
        ItemId outputItem,
        Settings settings,
        @Nullable Payload instructions,
        Metadata metadata,
        boolean stored,
        @Nullable String traceparent,
        int epoch,
        Instant createdAt,
        @Nullable End end,
        @Nullable Cost cost) {

    /**
     * How a turn ended.
     *
     * @param output what was said, null when nothing was
     * @param deltaEnds where in the text each delta of the stream ended, in UTF-16 units
     * @param failure set when the status is failed, unless it was refused
     * @param refusal set when the gateway did not admit it
     * @param firstToken from the turn's creation to the first delta; null without one
     */
    public record End(
            FinishReason finish,
            @Nullable Payload output,
            List<Integer> deltaEnds,
            @Nullable TokenUsage usage,
            @Nullable Failure failure,
            @Nullable AdmissionRefusal refusal,
            @Nullable Duration firstToken,
            Instant at) {
        public End {
            deltaEnds = List.copyOf(deltaEnds);
        }

        private End saying(@Nullable Payload text) {
            return new End(finish, text, deltaEnds, usage, failure, refusal, firstToken, at);
        }

        /** The deltas of the stream, as they were sent. */
        public List<String> deltas() {
            if (output == null) {
                return List.of();
            }
            String text = output.text();
            String[] deltas = new String[deltaEnds.size()];
            int start = 0;
            for (int i = 0; i < deltas.length; i++) {
                deltas[i] = text.substring(start, deltaEnds.get(i));
                start = deltaEnds.get(i);
            }
            return List.of(deltas);
        }
    }

    public Response {
        input = List.copyOf(input);
    }

    /** The id of its trace, or null. */
    public @Nullable String traceId() {
        return traceparent == null ? null : traceparent.substring(3, 35);
    }

    public ResponseStatus status() {
        return end == null ? ResponseStatus.IN_PROGRESS : end.finish().status();
    }

    /** The item that a next turn would follow. */
    public ItemId last() {
        return end != null && end.output() != null ? outputItem : input.getLast();
    }

    /** What the model said, as an item below the turn's input; null when it said nothing. */
    public @Nullable Item output() {
        if (end == null || end.output() == null) {
            return null;
        }
        Payload said = end.output();
        return new Item(
                outputItem,
                conversation,
                input.getLast(),
                depth + input.size(),
                Role.ASSISTANT,
                Origin.GENERATED,
                end.finish() == FinishReason.STOP,
                said,
                TokenEstimate.ofMessage(said.text()),
                id,
                end.at(),
                end.at(),
                end.firstToken() == null ? null : createdAt.plus(end.firstToken()));
    }

    /** Whether its items lie on a path, so that a next turn may follow them. */
    public boolean continuable() {
        return end != null && end.finish() != FinishReason.REFUSED;
    }

    /** All of it but what was written to it and what it said. */
    public Response withoutText() {
        return withText(null, Metadata.NONE, null);
    }

    /** The same turn with what was written to it, and what it said if it has ended. */
    public Response withText(
            @Nullable Payload instructed, Metadata attached, @Nullable Payload said) {
        return new Response(
                id,
                owner,
                conversation,
                conversationGiven,
                previous,
                startedFrom,
                depth,
                input,
                outputItem,
                settings,
                instructed,
                attached,
                stored,
                traceparent,
                epoch,
                createdAt,
                end == null ? null : end.saying(said),
                cost);
    }

    public Response ended(End how) {
        return new Response(
                id,
                owner,
                conversation,
                conversationGiven,
                previous,
                startedFrom,
                depth,
                input,
                outputItem,
                settings,
                instructions,
                metadata,
                stored,
                traceparent,
                epoch,
                createdAt,
                how,
                cost);
    }
}
