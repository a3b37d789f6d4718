package dev.parley.billing.storage.quota;

import dev.parley.billing.business.quota.Change;
import dev.parley.billing.business.quota.ChangeKind;
import dev.parley.billing.business.quota.Changes;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What changed, numbered in the order of the commits by the lock of one row. */
@ApplicationScoped
public class JdbcChanges implements Changes {
    private static final String AFTER =
            """
            select sequence, kind, id, at from change where sequence > ? order by sequence limit ?
            """;
    private static final String ADD =
            """
            with next as (update change_counter set last = last + 1 returning last)
            insert into change (sequence, kind, id) select last, ?, ? from next
            """;

    private final AgroalDataSource database;

    @Inject
    JdbcChanges(AgroalDataSource database) {
        this.database = database;
    }

    @Override
    public List<Change> after(long sequence, int limit) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(AFTER)) {
            query.setLong(1, sequence);
            query.setInt(2, limit);
            List<Change> changes = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    changes.add(
                            new Change(
                                    row.getLong(1),
                                    ChangeKind.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                                    row.getString(3),
                                    row.getObject(4, OffsetDateTime.class).toInstant()));
                }
            }
            return changes;
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    @Override
    public long newest() {
        try (Connection connection = database.getConnection();
                Statement query = connection.createStatement();
                ResultSet row = query.executeQuery("select last from change_counter")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    /** Lets nobody else change anything until the transaction ends. */
    void lock() {
        try (Connection connection = database.getConnection();
                Statement query = connection.createStatement()) {
            query.executeQuery("select last from change_counter for update").close();
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    void add(ChangeKind kind, String id) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(ADD)) {
            insert.setString(1, kind.name().toLowerCase(Locale.ROOT));
            insert.setString(2, id);
            insert.executeUpdate();
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }
}
