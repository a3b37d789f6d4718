package dev.parley.conversation.storage.conversation;

import dev.parley.conversation.business.conversation.Conversation;
import dev.parley.conversation.business.conversation.ConversationState;
import dev.parley.conversation.business.conversation.Metadata;
import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.Payload;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code conversation}. */
@Entity
@Table(name = "conversation")
class ConversationRow {
    @Id UUID id;

    @Column(name = "organization_id")
    String organizationId;

    @Column(name = "owner_id")
    String ownerId;

    @Column String state;

    @Column boolean listed;

    @Column int turns;

    @Column(name = "title_payload_id")
    @Nullable UUID titlePayloadId;

    @Column(name = "instructions_payload_id")
    @Nullable UUID instructionsPayloadId;

    @Column(columnDefinition = "jsonb")
    @ColumnTransformer(read = "metadata::text", write = "?::jsonb")
    String metadata;

    @Column(name = "head_id")
    @Nullable UUID headId;

    @Column long version;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @Column(name = "deleted_at")
    @Nullable Instant deletedAt;

    ConversationRow() {}

    static String text(ConversationState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    Conversation toDomain(
            Map<UUID, Payload> payloads, Function<String, Map<String, String>> metadataReader) {
        return new Conversation(
                new ConversationId(id),
                new Owner(organizationId, ownerId),
                ConversationState.valueOf(state.toUpperCase(Locale.ROOT)),
                listed,
                turns,
                titlePayloadId == null ? null : payloads.get(titlePayloadId),
                instructionsPayloadId == null ? null : payloads.get(instructionsPayloadId),
                new Metadata(metadataReader.apply(metadata)),
                headId == null ? null : new ItemId(headId),
                version,
                createdAt,
                updatedAt);
    }
}
