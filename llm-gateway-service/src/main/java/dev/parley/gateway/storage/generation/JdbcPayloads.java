package dev.parley.gateway.storage.generation;

import dev.parley.gateway.business.generation.KeptPayload;
import dev.parley.gateway.business.generation.LoggedCall;
import dev.parley.gateway.business.generation.Payloads;
import dev.parley.gateway.business.generation.TokenUsage;
import dev.parley.platform.id.TimeOrderedIds;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The log of payloads and their text, by plain JDBC in batches. */
@ApplicationScoped
class JdbcPayloads implements Payloads {
    private static final int SALT_BYTES = 16;
    private static final String ADD_TEXT =
            "insert into payload (id, organization_id, salt, content) values (?, ?, ?, ?)";
    private static final String ADD =
            """
            insert into payload_log (id, organization_id, subject, api_key, request_id, call,
                conversation, response, trace, model, purpose, mode, outcome, input_tokens,
                output_tokens, started_at, ended_at, expires_at, payload_id, commitment)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String FIND =
            """
            select l.*, p.content from payload_log l left join payload p on p.id = l.payload_id
            where l.organization_id = ? and (l.request_id = ? or l.call = ? or l.response = ?)
                and l.expires_at > now()
            order by l.id desc limit 1
            """;
    private static final String DELETE =
            """
            with expired as (
                delete from payload_log where id in (
                    select id from payload_log where expires_at <= ?
                    order by expires_at limit ? for update skip locked)
                returning payload_id),
            texts as (
                delete from payload where id in (select payload_id from expired))
            select count(*) from expired
            """;

    private final AgroalDataSource database;
    private final TimeOrderedIds ids;
    private final SecureRandom random = new SecureRandom();

    @Inject
    JdbcPayloads(AgroalDataSource database, TimeOrderedIds ids) {
        this.database = database;
        this.ids = ids;
    }

    @Override
    public void add(List<LoggedCall> calls) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                add(calls, connection);
                connection.commit();
            } catch (SQLException failure) {
                connection.rollback();
                throw failure;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("payloads cannot be stored: " + failure.getSQLState());
        }
    }

    private void add(List<LoggedCall> calls, Connection connection) throws SQLException {
        try (PreparedStatement texts = connection.prepareStatement(ADD_TEXT);
                PreparedStatement log = connection.prepareStatement(ADD)) {
            for (LoggedCall call : calls) {
                add(call, texts, log);
            }
            texts.executeBatch();
            log.executeBatch();
        }
    }

    private void add(LoggedCall call, PreparedStatement texts, PreparedStatement log)
            throws SQLException {
        String organization = call.call().requester().organization();
        UUID payload = null;
        byte[] commitment = null;
        if (call.text() != null) {
            byte[] salt = new byte[SALT_BYTES];
            random.nextBytes(salt);
            String content = PayloadContent.write(call.text());
            payload = ids.next();
            commitment = PayloadContent.commitment(salt, content);
            texts.setObject(1, payload);
            texts.setString(2, organization);
            texts.setBytes(3, salt);
            texts.setString(4, content);
            texts.addBatch();
        }
        TokenUsage usage = call.usage();
        log.setObject(1, ids.next());
        log.setString(2, organization);
        log.setString(3, call.call().requester().subject());
        log.setString(4, call.call().requester().apiKey());
        log.setString(5, call.call().requestId());
        log.setString(6, call.call().id().value());
        log.setString(7, call.call().conversation());
        log.setString(8, call.call().response());
        log.setString(9, call.call().trace());
        log.setString(10, call.model().value());
        log.setString(11, call.call().purpose().name().toLowerCase(Locale.ROOT));
        log.setString(12, call.mode().text());
        log.setString(13, call.outcome());
        log.setObject(14, usage == null ? null : usage.input().count());
        log.setObject(15, usage == null ? null : usage.output().count());
        log.setObject(16, call.startedAt().atOffset(ZoneOffset.UTC));
        log.setObject(17, call.endedAt().atOffset(ZoneOffset.UTC));
        log.setObject(18, call.expiresAt().atOffset(ZoneOffset.UTC));
        log.setObject(19, payload);
        log.setBytes(20, commitment);
        log.addBatch();
    }

    @Override
    public Optional<KeptPayload> find(String organization, String id) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setString(1, organization);
            query.setString(2, id);
            query.setString(3, id);
            query.setString(4, id);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(kept(row)) : Optional.empty();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("payloads cannot be read: " + failure.getSQLState());
        }
    }

    private static KeptPayload kept(ResultSet row) throws SQLException {
        String content = row.getString("content");
        return new KeptPayload(
                row.getString("request_id"),
                row.getString("call"),
                row.getString("subject"),
                row.getString("api_key"),
                row.getString("conversation"),
                row.getString("response"),
                row.getString("trace"),
                row.getString("model"),
                row.getString("purpose"),
                row.getString("mode"),
                row.getString("outcome"),
                count(row, "input_tokens"),
                count(row, "output_tokens"),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                instant(row, "expires_at"),
                content == null ? null : PayloadContent.read(content));
    }

    private static @Nullable Long count(ResultSet row, String column) throws SQLException {
        long count = row.getLong(column);
        return row.wasNull() ? null : count;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    @Override
    public int deleteExpired(Instant now, int most) {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement(DELETE)) {
            delete.setObject(1, now.atOffset(ZoneOffset.UTC));
            delete.setInt(2, most);
            try (ResultSet row = delete.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("payloads cannot be deleted: " + failure.getSQLState());
        }
    }
}
