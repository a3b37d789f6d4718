package dev.parley.conversation.storage.response;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conversation.business.conversation.Metadata;
import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.AdmissionRefusal;
import dev.parley.conversation.business.response.Cost;
import dev.parley.conversation.business.response.Failure;
import dev.parley.conversation.business.response.FinishReason;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.Settings;
import dev.parley.conversation.business.response.TokenUsage;
import dev.parley.conversation.storage.conversation.MetadataJson;
import dev.parley.conversation.storage.message.Database;
import dev.parley.conversation.storage.message.Payloads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a turn stands in a row of the table {@code response}. */
@ApplicationScoped
class ResponseRow {
    /** Begins every statement whose rows {@link #read} takes. */
    static final String SELECT =
            """
            SELECT r.*, i.id AS i_id, i.salt AS i_salt, i.content AS i_content,
                o.id AS o_id, o.salt AS o_salt, o.content AS o_content
            FROM response r
            LEFT JOIN payload i ON i.id = r.instructions_payload_id
            LEFT JOIN node n ON n.id = r.output_item_id
            LEFT JOIN payload o ON o.id = n.payload_id
            """;

    private final Payloads payloads;
    private final MetadataJson metadata;
    private final ObjectMapper json;

    @Inject
    ResponseRow(Payloads payloads, MetadataJson metadata, ObjectMapper json) {
        this.payloads = payloads;
        this.metadata = metadata;
        this.json = json;
    }

    static @Nullable String finishOf(Response turn) {
        return turn.end() == null ? null : text(turn.end().finish());
    }

    static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    String settings(Response turn) {
        return write(turn.settings());
    }

    @Nullable String refusal(Response.End end) {
        return end.refusal() == null ? null : write(end.refusal());
    }

    Response read(ResultSet row) throws SQLException {
        UUID previous = row.getObject("previous_response_id", UUID.class);
        UUID parent = row.getObject("parent_id", UUID.class);
        return new Response(
                new ResponseId(Database.uuid(row, "id")),
                new Owner(row.getString("organization_id"), row.getString("owner_id")),
                new ConversationId(Database.uuid(row, "conversation_id")),
                row.getBoolean("conversation_given"),
                previous == null ? null : new ResponseId(previous),
                parent == null ? null : new ItemId(parent),
                row.getInt("depth"),
                Arrays.stream((UUID[]) row.getArray("input_item_ids").getArray())
                        .map(ItemId::new)
                        .toList(),
                new ItemId(Database.uuid(row, "output_item_id")),
                parse(row.getString("parameters"), Settings.class),
                payloads.read(row, "i_"),
                new Metadata(metadata.read(row.getString("metadata"))),
                true,
                row.getString("traceparent"),
                row.getInt("epoch"),
                Database.instantOf(row, "created_at"),
                end(row),
                cost(row));
    }

    private Response.@Nullable End end(ResultSet row) throws SQLException {
        String finish = row.getString("finish");
        if (finish == null) {
            return null;
        }
        Long firstToken = row.getObject("first_token_ms", Long.class);
        String errorCode = row.getString("error_code");
        String refusal = row.getString("refusal");
        Array ends = row.getArray("delta_ends");
        return new Response.End(
                FinishReason.valueOf(finish.toUpperCase(Locale.ROOT)),
                payloads.read(row, "o_"),
                ends == null ? List.of() : List.of((Integer[]) ends.getArray()),
                usage(row),
                errorCode == null
                        ? null
                        : new Failure(errorCode, Objects.toString(row.getString("error_message"))),
                refusal == null ? null : parse(refusal, AdmissionRefusal.class),
                firstToken == null ? null : Duration.ofMillis(firstToken),
                Database.instantOf(row, "completed_at"));
    }

    private static @Nullable TokenUsage usage(ResultSet row) throws SQLException {
        Long input = row.getObject("input_tokens", Long.class);
        return input == null
                ? null
                : new TokenUsage(
                        input,
                        row.getLong("cached_input_tokens"),
                        row.getLong("output_tokens"),
                        row.getBoolean("estimated"));
    }

    private static @Nullable Cost cost(ResultSet row) throws SQLException {
        String currency = row.getString("cost_currency");
        return currency == null ? null : new Cost(row.getLong("cost_amount"), currency);
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T parse(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a turn's row is not readable", e);
        }
    }
}
