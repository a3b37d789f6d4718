package dev.parley.billing.storage.quota;

import dev.parley.billing.business.quota.Hold;
import dev.parley.billing.business.quota.HoldState;
import dev.parley.billing.business.quota.Holds;
import dev.parley.billing.business.quota.Progress;
import dev.parley.billing.business.quota.ReservationId;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Reservations and the counters that they stand in, by plain JDBC inside the JTA transaction. */
@ApplicationScoped
class JdbcHolds implements Holds {
    private static final String LOCK =
            """
            select * from reservation where id = any (?) order by id for update
            """;
    private static final String LOCK_EXPIRED =
            """
            select *
            from reservation
            where state = 'OPEN' and lease_until < ?
            order by lease_until
            limit ?
            for update skip locked
            """;
    private static final String SAVE =
            """
            update reservation
            set state = ?, charged_requests = ?, charged_tokens = ?, estimate_entry = ?
            where id = ?
            """;
    private static final String LOCK_WINDOWS =
            """
            select id from quota_window where id = any (?) order by id for update
            """;
    private static final String MOVE_WINDOWS =
            """
            update quota_window w
            set used = w.used + c.change
            from unnest(?::bigint[], ?::bigint[]) as c (id, change)
            where w.id = c.id
            """;
    private static final String RENEW =
            """
            with reported as (
                select *
                from unnest(?::uuid[], ?::boolean[], ?::bigint[], ?::bigint[])
                    as c (id, reached_provider, input, output)
            ), living as (
                select r.id
                from reservation r
                where r.id in (select id from reported) and r.state = 'OPEN'
                order by r.id
                for update
            )
            update reservation r
            set reached_provider = r.reached_provider or c.reached_provider,
                progress_input = greatest(r.progress_input, c.input),
                progress_output = greatest(r.progress_output, c.output),
                lease_until = greatest(r.lease_until, ?)
            from living l join reported c on c.id = l.id
            where r.id = l.id
            returning r.id
            """;

    private final AgroalDataSource database;

    @Inject
    JdbcHolds(AgroalDataSource database) {
        this.database = database;
    }

    @Override
    public Map<ReservationId, Hold> lock(Collection<ReservationId> ids) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(LOCK)) {
            query.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", ids.stream().map(ReservationId::value).toArray()));
            Map<ReservationId, Hold> holds = new HashMap<>();
            for (Hold hold : read(query)) {
                holds.put(hold.id(), hold);
            }
            return holds;
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    @Override
    public List<Hold> lockExpired(Instant now, int limit) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(LOCK_EXPIRED)) {
            query.setObject(1, now.atOffset(ZoneOffset.UTC));
            query.setInt(2, limit);
            return read(query);
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    @Override
    public void save(Collection<Hold> changed, Map<ReservationId, Hold> before) {
        if (changed.isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            saveReservations(connection, changed);
            moveWindows(connection, changesOf(changed, before));
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    @Override
    public Set<ReservationId> renew(List<Progress> calls, Instant leaseUntil) {
        Map<UUID, Progress> last = new LinkedHashMap<>();
        calls.forEach(call -> last.put(call.reservation().value(), call));
        Collection<Progress> once = last.values();
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(RENEW)) {
            update.setArray(1, connection.createArrayOf("uuid", last.keySet().toArray()));
            update.setArray(
                    2,
                    connection.createArrayOf(
                            "boolean", once.stream().map(Progress::reachedProvider).toArray()));
            update.setArray(
                    3,
                    connection.createArrayOf(
                            "bigint", once.stream().map(Progress::inputTokens).toArray()));
            update.setArray(
                    4,
                    connection.createArrayOf(
                            "bigint", once.stream().map(Progress::outputTokens).toArray()));
            update.setObject(5, leaseUntil.atOffset(ZoneOffset.UTC));
            Set<ReservationId> open = new HashSet<>();
            try (ResultSet row = update.executeQuery()) {
                while (row.next()) {
                    open.add(new ReservationId(row.getObject(1, UUID.class)));
                }
            }
            return open;
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    private static List<Hold> read(PreparedStatement query) throws SQLException {
        List<Hold> holds = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                holds.add(HoldRow.read(row));
            }
        }
        return holds;
    }

    private static void saveReservations(Connection connection, Collection<Hold> changed)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(SAVE)) {
            for (Hold hold : changed) {
                update.setString(1, HoldRow.nameOf(hold.state()));
                update.setLong(2, hold.chargedRequests());
                update.setLong(3, hold.chargedTokens());
                update.setObject(
                        4,
                        hold.state() instanceof HoldState.Estimated estimated
                                ? estimated.entry().value()
                                : null,
                        java.sql.Types.OTHER);
                update.setObject(5, hold.id().value());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private static Map<Long, Long> changesOf(
            Collection<Hold> changed, Map<ReservationId, Hold> before) {
        Map<Long, Long> changes = new TreeMap<>();
        for (Hold after : changed) {
            Hold was = before.get(after.id());
            if (was == null) {
                throw new IllegalArgumentException("not locked: " + after.id().value());
            }
            long requests = after.chargedRequests() - was.chargedRequests();
            long tokens = after.chargedTokens() - was.chargedTokens();
            after.requestWindows().forEach(id -> changes.merge(id, requests, Long::sum));
            after.tokenWindows().forEach(id -> changes.merge(id, tokens, Long::sum));
        }
        changes.values().removeIf(change -> change == 0);
        return changes;
    }

    private static void moveWindows(Connection connection, Map<Long, Long> changes)
            throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        try (PreparedStatement lock = connection.prepareStatement(LOCK_WINDOWS);
                PreparedStatement update = connection.prepareStatement(MOVE_WINDOWS)) {
            lock.setArray(1, connection.createArrayOf("bigint", changes.keySet().toArray()));
            lock.executeQuery().close();
            update.setArray(1, connection.createArrayOf("bigint", changes.keySet().toArray()));
            update.setArray(2, connection.createArrayOf("bigint", changes.values().toArray()));
            update.executeUpdate();
        }
    }
}
