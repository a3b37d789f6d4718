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

/**
 * Turns in the table {@code response}; leases run by the database's clock. Whoever changes several
 * locks them by id.
 */
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
        Long input = usage == null ? null : usage.input();
        Long cached = usage == null ? null : usage.cachedInput();
        Long output = usage == null ? null : usage.output();
        // What was charged already is better than what we guess.
        boolean estimated = usage != null && usage.estimated();
        Failure failure = end.failure();
        return database.first(
                        """
                        WITH ended AS (
                            UPDATE response SET status = ?, finish = ?, error_code = ?,
                                error_message = ?, refusal = ?::jsonb, cached_input_tokens = ?::bigint,
                                input_tokens = CASE WHEN ? THEN coalesce(input_tokens, ?::bigint)
                                    ELSE ?::bigint END,
                                output_tokens = CASE WHEN ? THEN coalesce(output_tokens, ?::bigint)
                                    ELSE ?::bigint END,
                                estimated = ? AND (input_tokens IS NULL OR estimated),
                                delta_ends = ?, latency_ms = ?,
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
                        cached,
                        estimated,
                        input,
                        input,
                        estimated,
                        output,
                        output,
                        estimated,
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
                WHERE id IN (
                    SELECT id FROM response
                    WHERE id = ANY (?) AND lease_owner = ? AND status = 'in_progress'
                        AND deleted_at IS NULL
                    ORDER BY id FOR NO KEY UPDATE)
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
        Values turns = Values.uuids(calls.stream().map(call -> call.response().value()).toList());
        database.query(
                "SELECT id FROM response WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE",
                row -> Database.uuid(row, "id"),
                turns);
        keep(calls, turns);
        database.update(
                """
                UPDATE response r SET cost_amount = c.amount, cost_currency = c.currency,
                    input_tokens = CASE WHEN c.better THEN c.input ELSE r.input_tokens END,
                    output_tokens = CASE WHEN c.better THEN c.output ELSE r.output_tokens END,
                    estimated = CASE WHEN c.better THEN c.estimated ELSE r.estimated END
                FROM (
                    SELECT t.id, sum(p.cost_amount) AS amount, max(p.cost_currency) AS currency,
                        sum(p.input_tokens) AS input, sum(p.output_tokens) AS output,
                        bool_or(p.estimated) AS estimated,
                        t.estimated OR t.input_tokens IS NULL OR NOT bool_or(p.estimated) AS better
                    FROM priced_call p JOIN response t ON t.id = p.response_id
                    WHERE t.id = ANY (?)
                    GROUP BY t.id
                ) c
                WHERE r.id = c.id
                """,
                turns);
    }

    /** The last that was heard of a call is what holds. */
    private void keep(List<PricedCall> calls, Values turns) {
        database.update(
                """
                INSERT INTO priced_call (response_id, call, organization_id, cost_amount,
                    cost_currency, input_tokens, output_tokens, estimated)
                SELECT DISTINCT ON (p.id, p.call) p.id, p.call, p.organization, p.amount,
                    p.currency, p.input, p.output, p.estimated
                FROM unnest(?::uuid[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::bigint[],
                    ?::bigint[], ?::boolean[]) WITH ORDINALITY
                    AS p (id, call, organization, amount, currency, input, output, estimated, place)
                JOIN response r ON r.id = p.id AND r.organization_id = p.organization
                ORDER BY p.id, p.call, p.place DESC
                ON CONFLICT (response_id, call) DO UPDATE
                SET cost_amount = excluded.cost_amount, cost_currency = excluded.cost_currency,
                    input_tokens = excluded.input_tokens, output_tokens = excluded.output_tokens,
                    estimated = excluded.estimated
                """,
                turns,
                Values.texts(calls.stream().map(PricedCall::call).toList()),
                Values.texts(calls.stream().map(PricedCall::organization).toList()),
                Values.longs(calls.stream().map(call -> call.cost().micros()).toList()),
                Values.texts(calls.stream().map(call -> call.cost().currency()).toList()),
                Values.longs(calls.stream().map(call -> call.usage().input()).toList()),
                Values.longs(calls.stream().map(call -> call.usage().output()).toList()),
                Values.booleans(calls.stream().map(call -> call.usage().estimated()).toList()));
    }

    @Override
    public void delete(ResponseId id, Instant now) {
        database.update(
                """
                WITH said AS (
                    DELETE FROM response_delta WHERE response_id = ?
                ), instructed AS (
                    DELETE FROM payload WHERE id IN
                        (SELECT instructions_payload_id FROM response WHERE id = ?)
                )
                UPDATE response SET deleted_at = ?, epoch = epoch + 1, metadata = '{}',
                    instructions_payload_id = NULL,
                    status = CASE status WHEN 'in_progress' THEN 'cancelled' ELSE status END
                WHERE id = ?
                """,
                id.value(),
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
                    WHERE id IN (
                        SELECT id FROM response WHERE conversation_id = ? AND deleted_at IS NULL
                        ORDER BY id FOR NO KEY UPDATE)
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
