package dev.parley.gateway.storage.model;

import dev.parley.gateway.business.model.CatalogueChange;
import dev.parley.gateway.business.model.CatalogueChanges;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Reads what the catalogue's triggers wrote; plain JDBC, since it is read every second. */
@ApplicationScoped
class JdbcCatalogueChanges implements CatalogueChanges {
    private final AgroalDataSource database;

    @Inject
    JdbcCatalogueChanges(AgroalDataSource database) {
        this.database = database;
    }

    @Override
    public List<CatalogueChange> after(long sequence, int most) {
        return read(
                """
                select sequence, kind, id, at from change
                where sequence > ? order by sequence limit ?
                """,
                sequence,
                most);
    }

    @Override
    public List<CatalogueChange> inForce() {
        return read(
                """
                select sequence, kind, id, at from change
                where sequence in (select max(sequence) from change where sequence > ?
                                   group by kind, id)
                order by sequence limit ?
                """,
                0,
                Integer.MAX_VALUE);
    }

    private List<CatalogueChange> read(String sql, long after, int most) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, after);
            query.setInt(2, most);
            List<CatalogueChange> changes = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    changes.add(
                            new CatalogueChange(
                                    row.getLong(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getObject(4, OffsetDateTime.class).toInstant()));
                }
            }
            return changes;
        } catch (SQLException failure) {
            throw new IllegalStateException("the catalogue's changes cannot be read", failure);
        }
    }
}
