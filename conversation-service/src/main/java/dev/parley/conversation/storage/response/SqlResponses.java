package dev.parley.conversation.storage.response;

import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.Failure;
import dev.parley.conversation.business.response.PricedCall;
import dev.parley.conversation.business.response.RequestHash;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.Responses;
import dev.parley.conversation.business.response.TokenUsage;
import dev.parley.conversation.storage.conversation.MetadataJson;
import dev.parley.conversation.storage.message.Database;
import dev.parley.conversation.storage.message.Database.Values;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns in the table {@code response}; leases run by the database's clock. */
@ApplicationScoped
class SqlResponses implements Responses {
    private final UUID replica = UUID.randomUUID();
    private final Database database;
    private final ResponseRow rows;
    private final MetadataJson metadata;

    @Inject
    SqlResponses(Database database, ResponseRow rows, MetadataJson metadata) {
        this.database = database;
        this.rows = rows;
        this.metadata = metadata;
    }

    @Override
    public void add(Response turn, RequestHash request, Duration lease) {
        database.update(
                """
                INSERT INTO response (id, organization_id, owner_id, conversation_id,
                    conversation_given, previous_response_id, parent_id, depth, input_item_ids,
                    output_item_id, status, epoch, lease_owner, lease_until, model, parameters,
                    instructions_payload_id, metadata, request_hash, trace_id, traceparent,
                    created_at)
                VALUES (?, ?, ?, ?, ?, ?::uuid, ?::uuid, ?, ?, ?, 'in_progress', ?, ?,
                    now() + ? * interval '1 millisecond', ?, ?::jsonb, ?::uuid, ?::jsonb,
                    decode(?, 'hex'), ?, ?, ?)
                """,
                turn.id().value(),
                turn.owner().organization(),
                turn.owner().subject(),
                turn.conversation().value(),
                turn.conversationGiven(),
                turn.previous() == null ? null : turn.previous().value(),
                turn.startedFrom() == null ? null : turn.startedFrom().value(),
                turn.depth(),
                Values.uuids(turn.input().stream().map(ItemId::value).toList()),
                turn.outputItem().value(),
                turn.epoch(),
                replica,
                lease.toMillis(),
                turn.settings().model(),
                rows.settings(turn),
                turn.instructions() == null ? null : turn.instructions().id(),
                metadata.write(turn.metadata()),
                request.hex(),
                turn.traceId(),
                turn.traceparent(),
                turn.createdAt());
    }

    @Override
    public Optional<Response> find(ResponseId id, Owner owner) {
        return database.first(
                ResponseRow.SELECT
                        + """
                        WHERE r.id = ? AND r.organization_id = ? AND r.owner_id = ?
                            AND r.deleted_at IS NULL
                        """,
                rows::read,
                id.value(),
                owner.organization(),
                owner.subject());
    }

    @Override
    public boolean end(Response ended) {
        Response.End end = ended.end();
        if (end == null) {
            throw new IllegalArgumentException("the turn runs");
        }
        TokenUsage usage = end.usage();
        Failure failure = end.failure();
        return database.first(
                        """
                        WITH ended AS (
                            UPDATE response SET status = ?, finish = ?, error_code = ?,
                                error_message = ?, refusal = ?::jsonb, input_tokens = ?::bigint,
                                cached_input_tokens = ?::bigint, output_tokens = ?::bigint,
                                estimated = ?, delta_ends = ?, latency_ms = ?,
                                first_token_ms = ?::bigint, completed_at = ?, lease_until = NULL
                            WHERE id = ? AND epoch = ? AND status = 'in_progress'
                                AND deleted_at IS NULL
                            RETURNING id
                        ), said AS (
                            DELETE FROM response_delta
                            WHERE response_id IN (SELECT id FROM ended)
                        )
                        SELECT id FROM ended
                        """,
                        row -> Database.uuid(row, "id"),
                        ResponseRow.text(ended.status()),
                        ResponseRow.finishOf(ended),
                        failure == null ? null : failure.code(),
                        failure == null ? null : failure.message(),
                        rows.refusal(end),
                        usage == null ? null : usage.input(),
                        usage == null ? null : usage.cachedInput(),
                        usage == null ? null : usage.output(),
                        usage != null && usage.estimated(),
                        Values.numbers(end.deltaEnds()),
                        Duration.between(ended.createdAt(), end.at()).toMillis(),
                        millis(end.firstToken()),
                        end.at(),
                        ended.id().value(),
                        ended.epoch())
                .isPresent();
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    @Override
    public Optional<Response> repeatable(Owner owner, RequestHash request, Instant since) {
        return database.first(
                ResponseRow.SELECT
                        + """
                        WHERE r.owner_id = ? AND r.request_hash = decode(?, 'hex')
                            AND r.created_at > ? AND r.organization_id = ?
                            AND r.status IN ('in_progress', 'completed', 'incomplete')
                            AND r.deleted_at IS NULL
                        ORDER BY r.created_at DESC LIMIT 1
                        """,
                rows::read,
                owner.subject(),
                request.hex(),
                since,
                owner.organization());
    }

    @Override
    public boolean requestCancel(ResponseId id, Owner owner) {
        return database.update(
                        """
                        UPDATE response SET cancel_requested_at = coalesce(cancel_requested_at, now())
                        WHERE id = ? AND organization_id = ? AND owner_id = ?
                            AND status = 'in_progress' AND deleted_at IS NULL
                        """,
                        id.value(),
                        owner.organization(),
                        owner.subject())
                == 1;
    }

    @Override
    public List<Held> renew(Collection<ResponseId> running, Duration lease) {
        return database.query(
                """
                UPDATE response SET lease_until = now() + ? * interval '1 millisecond'
                WHERE id = ANY (?) AND lease_owner = ? AND status = 'in_progress'
                    AND deleted_at IS NULL
                RETURNING id, cancel_requested_at IS NOT NULL AS cancelled
                """,
                row ->
                        new Held(
                                new ResponseId(Database.uuid(row, "id")),
                                row.getBoolean("cancelled")),
                lease.toMillis(),
                ids(running),
                replica);
    }

    @Override
    public List<Abandoned> takeAbandoned(Duration lease, int most) {
        Map<UUID, Boolean> taken = new HashMap<>();
        database.query(
                        """
                        UPDATE response SET epoch = epoch + 1, lease_owner = ?,
                            lease_until = now() + ? * interval '1 millisecond'
                        WHERE id IN (
                            SELECT id FROM response
                            WHERE status = 'in_progress' AND lease_until < now()
                                AND deleted_at IS NULL
                                AND pg_postmaster_start_time() < now() - ? * interval '1 millisecond'
                            ORDER BY created_at LIMIT ? FOR UPDATE SKIP LOCKED)
                        RETURNING id, cancel_requested_at IS NOT NULL AS cancelled
                        """,
                        row -> Map.entry(Database.uuid(row, "id"), row.getBoolean("cancelled")),
                        replica,
                        lease.toMillis(),
                        lease.toMillis(),
                        most)
                .forEach(entry -> taken.put(entry.getKey(), entry.getValue()));
        if (taken.isEmpty()) {
            return List.of();
        }
        return database
                .query(
                        ResponseRow.SELECT + "WHERE r.id = ANY (?)",
                        rows::read,
                        Values.uuids(taken.keySet()))
                .stream()
                .map(turn -> new Abandoned(turn, taken.getOrDefault(turn.id().value(), false)))
                .toList();
    }

    @Override
    public Set<ResponseId> notRunning(Collection<ResponseId> wanted) {
        Set<ResponseId> over = new HashSet<>(wanted);
        database.query(
                        """
                        SELECT id FROM response
                        WHERE id = ANY (?) AND status = 'in_progress' AND deleted_at IS NULL
                        """,
                        row -> new ResponseId(Database.uuid(row, "id")),
                        ids(wanted))
                .forEach(over::remove);
        return over;
    }

    @Override
    public void addCosts(List<PricedCall> calls) {
        database.update(
                """
                UPDATE response r SET cost_amount = coalesce(r.cost_amount, 0) + c.amount,
                    cost_currency = c.currency,
                    input_tokens = CASE WHEN r.estimated THEN c.input ELSE r.input_tokens END,
                    output_tokens = CASE WHEN r.estimated THEN c.output ELSE r.output_tokens END
                FROM (
                    SELECT id, organization, sum(amount) AS amount, max(currency) AS currency,
                        sum(input) AS input, sum(output) AS output
                    FROM unnest(?::uuid[], ?::text[], ?::bigint[], ?::text[], ?::bigint[],
                        ?::bigint[]) AS p (id, organization, amount, currency, input, output)
                    GROUP BY id, organization
                ) c
                WHERE r.id = c.id AND r.organization_id = c.organization
                """,
                Values.uuids(calls.stream().map(call -> call.response().value()).toList()),
                Values.texts(calls.stream().map(PricedCall::organization).toList()),
                Values.longs(calls.stream().map(call -> call.cost().micros()).toList()),
                Values.texts(calls.stream().map(call -> call.cost().currency()).toList()),
                Values.longs(calls.stream().map(call -> call.usage().input()).toList()),
                Values.longs(calls.stream().map(call -> call.usage().output()).toList()));
    }

    @Override
    public void delete(ResponseId id, Instant now) {
        database.update(
                """
                WITH said AS (DELETE FROM response_delta WHERE response_id = ?)
                UPDATE response SET deleted_at = ?, epoch = epoch + 1, metadata = '{}',
                    instructions_payload_id = NULL,
                    status = CASE status WHEN 'in_progress' THEN 'cancelled' ELSE status END
                WHERE id = ?
                """,
                id.value(),
                now,
                id.value());
    }

    @Override
    public void deleteAll(ConversationId conversation, Instant now) {
        database.update(
                """
                WITH gone AS (
                    UPDATE response SET deleted_at = ?, epoch = epoch + 1, metadata = '{}',
                        instructions_payload_id = NULL,
                        status = CASE status WHEN 'in_progress' THEN 'cancelled' ELSE status END
                    WHERE conversation_id = ? AND deleted_at IS NULL
                    RETURNING id
                )
                DELETE FROM response_delta WHERE response_id IN (SELECT id FROM gone)
                """,
                now,
                conversation.value());
    }

    private static Values ids(Collection<ResponseId> ids) {
        return Values.uuids(ids.stream().map(ResponseId::value).toList());
    }
}
