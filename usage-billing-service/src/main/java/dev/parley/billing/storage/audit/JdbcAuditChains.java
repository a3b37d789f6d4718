package dev.parley.billing.storage.audit;

import dev.parley.billing.business.audit.AuditChains;
import dev.parley.billing.business.audit.AuditRecord;
import dev.parley.billing.business.audit.ChainHead;
import dev.parley.billing.business.audit.Hash;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.storage.quota.DatabaseFailure;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The chains by plain JDBC, in the current transaction. */
@ApplicationScoped
class JdbcAuditChains implements AuditChains {
    private static final String BEGIN =
            """
            insert into audit_chain (organization_id, position, hash) values (?, 0, ?)
            on conflict do nothing
            """;
    private static final String HEAD =
            "select organization_id, position, hash from audit_chain where organization_id = ?";
    private static final String RECORDED =
            "select event_id from audit_record where event_id = any (?)";
    private static final String MOVE =
            "update audit_chain set position = ?, hash = ? where organization_id = ?";
    private static final String STILL_THERE =
            """
            select r.organization_id, r.position, r.hash
            from unnest(?::text[], ?::bigint[], ?::text[]) as e (organization_id, position, hash)
            join audit_record r
              on r.organization_id = e.organization_id
             and r.position = e.position
             and r.hash = e.hash
            """;
    private static final String MOVED =
            """
            select organization_id, position, hash
            from audit_chain
            where position > signed_position and organization_id > ?
            order by organization_id
            limit ?
            for update skip locked
            """;
    private static final String MARK_SIGNED =
            "update audit_chain set signed_position = ? where organization_id = ?";

    private final AgroalDataSource database;

    @Inject
    JdbcAuditChains(AgroalDataSource database) {
        this.database = database;
    }

    @Override
    public ChainHead lock(OrganizationId organization) {
        try (Connection connection = database.getConnection();
                PreparedStatement begin = connection.prepareStatement(BEGIN);
                PreparedStatement query = connection.prepareStatement(HEAD + " for update")) {
            begin.setString(1, organization.value());
            begin.setString(2, Hash.GENESIS.hex());
            begin.executeUpdate();
            query.setString(1, organization.value());
            return heads(query).getFirst();
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    @Override
    public ChainHead head(OrganizationId organization) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(HEAD)) {
            query.setString(1, organization.value());
            List<ChainHead> heads = heads(query);
            return heads.isEmpty() ? ChainHead.beforeAll(organization) : heads.getFirst();
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    @Override
    public Set<UUID> recorded(Collection<UUID> events) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(RECORDED)) {
            query.setArray(1, connection.createArrayOf("uuid", events.toArray()));
            Set<UUID> recorded = new HashSet<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    recorded.add(row.getObject(1, UUID.class));
                }
            }
            return recorded;
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    @Override
    public void append(List<AuditRecord> records) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(AuditRow.INSERT);
                PreparedStatement move = connection.prepareStatement(MOVE)) {
            for (AuditRecord record : records) {
                AuditRow.bind(insert, record);
                insert.addBatch();
            }
            insert.executeBatch();
            ChainHead head = records.getLast().asHead();
            move.setLong(1, head.position());
            move.setString(2, head.hash().hex());
            move.setString(3, head.organization().value());
            move.executeUpdate();
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    @Override
    public Set<ChainHead> stillThere(Collection<ChainHead> ends) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(STILL_THERE)) {
            query.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            ends.stream().map(end -> end.organization().value()).toArray()));
            query.setArray(
                    2,
                    connection.createArrayOf(
                            "bigint", ends.stream().map(ChainHead::position).toArray()));
            query.setArray(
                    3,
                    connection.createArrayOf(
                            "text", ends.stream().map(end -> end.hash().hex()).toArray()));
            return new HashSet<>(heads(query));
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    @Override
    public List<ChainHead> moved(@Nullable OrganizationId after, int most) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(MOVED)) {
            query.setString(1, after == null ? "" : after.value());
            query.setInt(2, most);
            return heads(query);
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    @Override
    public void markSigned(List<ChainHead> heads) {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(MARK_SIGNED)) {
            for (ChainHead head : heads) {
                update.setLong(1, head.position());
                update.setString(2, head.organization().value());
                update.addBatch();
            }
            update.executeBatch();
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    private static List<ChainHead> heads(PreparedStatement query) throws SQLException {
        List<ChainHead> heads = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                heads.add(
                        new ChainHead(
                                new OrganizationId(row.getString(1)),
                                row.getLong(2),
                                new Hash(row.getString(3))));
            }
        }
        return heads;
    }
}
