package dev.parley.conversation.storage.response;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conversation.business.message.Payload;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.KeptTurns;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.storage.message.Database;
import dev.parley.conversation.storage.message.Database.Values;
import dev.parley.conversation.storage.message.Payloads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/** Kept turns in the table {@code kept_turn}, what they said in {@code payload}. */
@ApplicationScoped
class SqlKeptTurns implements KeptTurns {
    private final Database database;
    private final Payloads payloads;
    private final ObjectMapper json;

    @Inject
    SqlKeptTurns(Database database, Payloads payloads, ObjectMapper json) {
        this.database = database;
        this.payloads = payloads;
        this.json = json;
    }

    @Override
    public void begin(Response turn, Duration lease, Instant expiry) {
        database.update(
                """
                INSERT INTO kept_turn (response_id, organization_id, lease_until, expires_at)
                VALUES (?, ?, now() + ? * interval '1 millisecond', ?)
                """,
                turn.id().value(),
                turn.owner().organization(),
                lease.toMillis(),
                expiry);
    }

    @Override
    public void renew(Collection<ResponseId> running, Duration lease) {
        database.update(
                """
                UPDATE kept_turn SET lease_until = now() + ? * interval '1 millisecond'
                WHERE response_id IN (
                    SELECT response_id FROM kept_turn
                    WHERE response_id = ANY (?) AND turn IS NULL
                    ORDER BY response_id FOR UPDATE)
                """,
                lease.toMillis(),
                Values.uuids(running.stream().map(ResponseId::value).toList()));
    }

    @Override
    public void end(Response ended) {
        Payload said = ended.end() == null ? null : ended.end().output();
        String turn = write(ended.withoutText());
        UUID id = ended.id().value();
        if (said == null) {
            database.update(
                    "UPDATE kept_turn SET turn = ?::jsonb WHERE response_id = ? AND turn IS NULL",
                    turn,
                    id);
            return;
        }
        database.update(
                """
                WITH kept AS (
                    UPDATE kept_turn SET turn = ?::jsonb, payload_id = ?
                    WHERE response_id = ? AND turn IS NULL
                    RETURNING organization_id, payload_id
                )
                INSERT INTO payload (id, organization_id, conversation_id, salt, content, created_at)
                SELECT payload_id, organization_id, ?, decode(?, 'hex'), ?::jsonb, now() FROM kept
                """,
                turn,
                said.id(),
                id,
                ended.conversation().value(),
                said.salt().hex(),
                payloads.content(said));
    }

    @Override
    public void forget(ResponseId id) {
        database.update("DELETE FROM kept_turn WHERE response_id = ? AND turn IS NULL", id.value());
    }

    @Override
    public boolean forgetAbandoned(ResponseId id) {
        return database.update(
                        """
                        DELETE FROM kept_turn
                        WHERE response_id = ? AND turn IS NULL AND lease_until < now()
                        """,
                        id.value())
                == 1;
    }

    @Override
    public void forgetExpired() {
        database.update(
                """
                WITH expired AS (
                    DELETE FROM kept_turn WHERE expires_at < now() RETURNING payload_id
                )
                DELETE FROM payload WHERE id IN (SELECT payload_id FROM expired)
                """);
    }

    @Override
    public Optional<Kept> find(ResponseId id) {
        return database.first(
                """
                SELECT k.turn, k.payload_id, p.id AS p_id, p.salt AS p_salt, p.content AS p_content
                FROM kept_turn k LEFT JOIN payload p ON p.id = k.payload_id
                WHERE k.response_id = ?
                """,
                this::read,
                id.value());
    }

    private Kept read(ResultSet row) throws SQLException {
        String turn = row.getString("turn");
        if (turn == null) {
            return new Kept.Running();
        }
        Payload said = payloads.read(row, "p_");
        if (said == null && row.getObject("payload_id") != null) {
            return new Kept.Erased();
        }
        return new Kept.Ended(parse(turn), said);
    }

    private String write(Response turn) {
        try {
            return json.writeValueAsString(turn);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Response parse(String turn) {
        try {
            return json.readValue(turn, Response.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a kept turn is not readable", e);
        }
    }
}
