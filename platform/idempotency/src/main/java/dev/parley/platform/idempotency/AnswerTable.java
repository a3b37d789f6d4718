package dev.parley.platform.idempotency;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Answers in the table {@code repeated_answer}; plain JDBC, which joins the transaction there is.
 */
@ApplicationScoped
class AnswerTable {
    private static final int CLEANING_BATCH = 2_000;

    /** Of two keys: single ones are used for other locks. */
    private static final String LOCK = "select pg_try_advisory_xact_lock(?, ?)";

    private static final String LOCK_SHARED = "select pg_try_advisory_xact_lock_shared(?, ?)";

    private static final String FIND =
            """
            select request_hash, answer from repeated_answer
            where organization_id = ? and caller = ? and name = ? and kept_until > now()
            """;

    private static final String KEEP =
            """
            insert into repeated_answer
                (organization_id, caller, name, request_hash, answer, kept_until)
            values (?, ?, ?, ?, ?, now() + ? * interval '1 second')
            on conflict (organization_id, caller, name) do update
                set request_hash = excluded.request_hash, answer = excluded.answer,
                    kept_until = excluded.kept_until
            """;

    private static final String FORGET =
            """
            delete from repeated_answer
            where ctid = any (array(select ctid from repeated_answer
                                    where kept_until <= now() limit %d))
            """
                    .formatted(CLEANING_BATCH);

    /** What was answered, and to which of the requests of that name. */
    static final class Kept {
        private final String hash;
        private final byte[] answer;

        private Kept(String hash, byte[] answer) {
            this.hash = hash;
            this.answer = answer;
        }

        boolean isOf(RequestName request) {
            return hash.equals(request.hash());
        }

        byte[] answer() {
            return answer;
        }
    }

    private final AgroalDataSource database;

    @Inject
    AnswerTable(AgroalDataSource database) {
        this.database = database;
    }

    /**
     * Takes the name until the transaction ends; false when another of that name is being answered.
     * First tries leave room for each other.
     */
    boolean take(RequestName request) throws SQLException {
        ByteBuffer hash = ByteBuffer.wrap(hashOf(request));
        String sql = request.kind() == RequestName.Kind.FIRST_TRY ? LOCK_SHARED : LOCK;
        try (Connection connection = database.getConnection();
                PreparedStatement lock = connection.prepareStatement(sql)) {
            lock.setInt(1, hash.getInt());
            lock.setInt(2, hash.getInt());
            try (ResultSet answer = lock.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }

    Optional<Kept> find(RequestName request) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setString(1, request.organization());
            query.setString(2, request.caller());
            query.setString(3, request.name());
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new Kept(row.getString(1), row.getBytes(2)))
                        : Optional.empty();
            }
        }
    }

    /** In the place of one that was kept too long, or of another first try's. */
    void keep(RequestName request, byte[] answer) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(KEEP)) {
            insert.setString(1, request.organization());
            insert.setString(2, request.caller());
            insert.setString(3, request.name());
            insert.setString(4, request.hash());
            insert.setBytes(5, answer);
            insert.setLong(6, request.kind().kept().toSeconds());
            insert.executeUpdate();
        }
    }

    /** Deletes what is kept too long, some at a time. */
    void forget() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement(FORGET)) {
            int deleted;
            do {
                deleted = delete.executeUpdate();
            } while (deleted == CLEANING_BATCH);
        }
    }

    private static byte[] hashOf(RequestName request) {
        String name = String.join("\0", request.organization(), request.caller(), request.name());
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
