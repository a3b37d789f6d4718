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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

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
    private static final String HASH_AT =
            "select hash from audit_record where organization_id = ? and position = ?";
    private static final String MOVED =
            """
            select organization_id, position, hash
            from audit_chain
            where position > signed_position
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
    public Optional<Hash> hashAt(OrganizationId organization, long position) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(HASH_AT)) {
            query.setString(1, organization.value());
            query.setLong(2, position);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(new Hash(row.getString(1))) : Optional.empty();
            }
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    @Override
    public List<ChainHead> moved(int most) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(MOVED)) {
            query.setInt(1, most);
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
