package dev.parley.identity.storage.token;

import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.credential.ApiKeyId;
import dev.parley.identity.business.token.AccessToken;
import dev.parley.identity.business.token.Revocation;
import dev.parley.identity.business.token.Revocations;
import dev.parley.identity.business.token.SessionId;
import dev.parley.identity.business.token.Subject;
import dev.parley.identity.business.token.TokenId;
import dev.parley.platform.id.PublicId;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The change feed in one table; plain JDBC, which joins the transaction there is. */
@ApplicationScoped
class PostgresRevocations implements Revocations {
    /** Held from the numbering to the commit, so that numbers become visible in their order. */
    private static final String LOCK =
            "select pg_advisory_xact_lock(hashtextextended('revocation', 3))";

    private final AgroalDataSource database;

    @Inject
    PostgresRevocations(AgroalDataSource database) {
        this.database = database;
    }

    @Override
    public void append(List<Revocation> revocations, Instant at) {
        if (revocations.isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection();
                PreparedStatement lock = connection.prepareStatement(LOCK);
                PreparedStatement insert =
                        connection.prepareStatement(
                                "insert into revocation (kind, target, occurred_at)"
                                        + " values (?, ?, ?)")) {
            if (connection.getAutoCommit()) {
                throw new IllegalStateException("a revocation needs the transaction of its cause");
            }
            lock.execute();
            for (Revocation revocation : revocations) {
                RevocationSpelling spelled = RevocationSpelling.of(revocation);
                insert.setString(1, spelled.kind());
                insert.setString(2, spelled.target());
                insert.setObject(3, at.atOffset(ZoneOffset.UTC));
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException failure) {
            throw new IllegalStateException("revocations cannot be stored", failure);
        }
    }

    @Override
    public Page after(Optional<Long> sequence, int most) {
        long from = sequence.orElse(0L);
        String sql =
                """
                select sequence, kind, target, occurred_at from revocation
                where sequence > ? order by sequence limit ?
                """;
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, from);
            query.setInt(2, most);
            List<Recorded> recorded = new ArrayList<>();
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    recorded.add(
                            new Recorded(
                                    found.getLong(1),
                                    new RevocationSpelling(found.getString(2), found.getString(3))
                                            .toDomain(),
                                    found.getObject(4, OffsetDateTime.class).toInstant()));
                }
            }
            return new Page(recorded, recorded.isEmpty() ? from : recorded.getLast().sequence());
        } catch (SQLException failure) {
            throw new IllegalStateException("revocations cannot be read", failure);
        }
    }

    @Override
    public boolean cover(AccessToken token) {
        String sql =
                """
                select 1 from revocation
                where (kind = 'token_revoked' and target = ?)
                   or (kind = 'session_revoked' and target = ?)
                   or (kind = 'key_revoked' and target = ?)
                   or (kind = 'subject_revoked' and target = ? and occurred_at >= ?)
                limit 1
                """;
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, spell(TokenId.PREFIX, Optional.of(token.id().value())));
            query.setString(2, spell(SessionId.PREFIX, token.session().map(SessionId::value)));
            query.setString(3, spell(ApiKeyId.PREFIX, token.key().map(ApiKeyId::value)));
            query.setString(4, spell(UserId.PREFIX, userOf(token)));
            query.setObject(5, token.validSince().atOffset(ZoneOffset.UTC));
            try (ResultSet found = query.executeQuery()) {
                return found.next();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("revocations cannot be read", failure);
        }
    }

    @Override
    public void forgetBefore(Instant instant) {
        try (Connection connection = database.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement(
                                "delete from revocation where occurred_at < ?")) {
            delete.setObject(1, instant.atOffset(ZoneOffset.UTC));
            delete.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("revocations cannot be dropped", failure);
        }
    }

    private static Optional<UUID> userOf(AccessToken token) {
        return switch (token.subject()) {
            case Subject.User user -> Optional.of(user.id().value());
            case Subject.ServiceAccount ignored -> Optional.empty();
            case Subject.Service ignored -> Optional.empty();
        };
    }

    /** An empty text, which is nobody's, where there is no id. */
    private static String spell(String prefix, Optional<UUID> id) {
        return id.map(value -> PublicId.format(prefix, value)).orElse("");
    }
}
