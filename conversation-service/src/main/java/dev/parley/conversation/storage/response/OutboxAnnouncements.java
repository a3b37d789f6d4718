package dev.parley.conversation.storage.response;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.response.Announcements;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.TokenUsage;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.id.TimeOrderedIds;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxEvent;
import dev.parley.platform.telemetry.TraceTags;
import dev.parley.platform.web.RequestIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Events of the topic {@code parley.conversation}, through the outbox. */
@ApplicationScoped
class OutboxAnnouncements implements Announcements {
    private static final String TOPIC = "parley.conversation";
    private static final String RESPONSE_FINISHED = "dev.parley.conversation.response_finished.v1";
    private static final String CONVERSATION_DELETED =
            "dev.parley.conversation.conversation_deleted.v1";

    private final Outbox outbox;
    private final ObjectMapper json;
    private final TimeOrderedIds ids;

    @Inject
    OutboxAnnouncements(Outbox outbox, ObjectMapper json, TimeOrderedIds ids) {
        this.outbox = outbox;
        this.json = json;
        this.ids = ids;
    }

    @Override
    public void responseFinished(Response ended) {
        if (ended.end() == null) {
            throw new IllegalArgumentException("the turn runs");
        }
        Response.End end = ended.end();
        TokenUsage usage = end.usage();
        String conversation = PublicId.format("conv_", ended.conversation().value());
        String response = PublicId.format("resp_", ended.id().value());
        ObjectNode data =
                json.createObjectNode()
                        .put("conversation", conversation)
                        .put("response", response)
                        .put("organization", ended.owner().organization())
                        .put("subject", ended.owner().subject())
                        .put("status", ended.status().name().toLowerCase(Locale.ROOT))
                        .put("model", ended.settings().model())
                        .put("input_tokens", usage == null ? 0 : usage.input())
                        .put("output_tokens", usage == null ? 0 : usage.output())
                        .put(
                                "latency_ms",
                                Duration.between(ended.createdAt(), end.at()).toMillis());
        append(
                RESPONSE_FINISHED,
                conversation,
                response,
                end.at(),
                data,
                ended.traceparent(),
                TraceTags.format(PlatformTurnTraces.tags(ended)));
    }

    @Override
    public void conversationDeleted(ConversationId id, Owner owner, Instant at) {
        String conversation = PublicId.format("conv_", id.value());
        ObjectNode data =
                json.createObjectNode()
                        .put("conversation", conversation)
                        .put("organization", owner.organization())
                        .put("subject", owner.subject());
        append(
                CONVERSATION_DELETED,
                conversation,
                conversation,
                at,
                data,
                RequestIds.traceparent(),
                TraceTags.current());
    }

    private void append(
            String type,
            String key,
            String subject,
            Instant at,
            ObjectNode data,
            @Nullable String traceparent,
            @Nullable String baggage) {
        outbox.append(
                new OutboxEvent(
                        ids.next(),
                        TOPIC,
                        key,
                        type,
                        subject,
                        at,
                        data.toString(),
                        traceparent,
                        baggage));
    }
}
