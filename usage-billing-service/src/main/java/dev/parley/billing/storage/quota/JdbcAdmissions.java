package dev.parley.billing.storage.quota;

import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.quota.Admission;
import dev.parley.billing.business.quota.Admissions;
import dev.parley.billing.business.quota.Candidate;
import dev.parley.billing.business.quota.Limit;
import dev.parley.billing.business.quota.LimitState;
import dev.parley.billing.business.quota.Plan;
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
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides admissions in one transaction of two statements: the counters are locked in the order of
 * their ids, and what was granted is written. Plain JDBC, because every call of a model waits here.
 */
@ApplicationScoped
class JdbcAdmissions implements Admissions {
    private static final String LOCK =
            """
            select id, used from quota_window where id = any (?) order by id for update
            """;
    private static final String READ =
            """
            select unit, window_length, used
            from quota_window
            where organization_id = ? and scope = 'ORGANIZATION' and holder = ?
              and starts_at <= ? and ends_at > ?
            """;
    private static final String FORGET = "delete from quota_window where ends_at < ?";

    private final AgroalDataSource database;
    private final OpenWindows windows;

    @Inject
    JdbcAdmissions(AgroalDataSource database, OpenWindows windows) {
        this.database = database;
        this.windows = windows;
    }

    @Override
    public List<Admission> decideAll(List<Candidate> candidates, Instant now, Decision decision) {
        try {
            List<OpenWindows.Counters> counters = new ArrayList<>(candidates.size());
            for (Candidate candidate : candidates) {
                counters.add(
                        windows.of(
                                candidate.request().consumer().organization(),
                                candidate.entitlement().plan(),
                                now));
            }
            return decide(candidates, counters, decision);
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    private List<Admission> decide(
            List<Candidate> candidates, List<OpenWindows.Counters> counters, Decision decision)
            throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                SortedMap<Long, Long> used = lock(connection, counters);
                List<Admission> decisions = new ArrayList<>(candidates.size());
                GrantedReservations granted = new GrantedReservations();
                for (int i = 0; i < candidates.size(); i++) {
                    Candidate candidate = candidates.get(i);
                    Admission admission =
                            decision.decide(candidate, states(candidate, counters.get(i), used));
                    decisions.add(admission);
                    granted.add(admission, counters.get(i), used);
                }
                granted.write(connection, used);
                connection.commit();
                return decisions;
            } catch (SQLException | RuntimeException failure) {
                connection.rollback();
                throw failure;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private SortedMap<Long, Long> lock(Connection connection, List<OpenWindows.Counters> counters)
            throws SQLException {
        TreeSet<Long> ids = new TreeSet<>();
        counters.forEach(some -> ids.addAll(some.ids()));
        SortedMap<Long, Long> used = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement(LOCK)) {
            query.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    used.put(row.getLong(1), row.getLong(2));
                }
            }
        }
        if (used.size() != ids.size()) {
            windows.forgetAll();
            throw new SQLException("counters that were remembered are gone");
        }
        return used;
    }

    private static List<LimitState> states(
            Candidate candidate, OpenWindows.Counters counters, SortedMap<Long, Long> used) {
        List<Limit> limits = candidate.entitlement().plan().limits();
        List<LimitState> states = new ArrayList<>(limits.size());
        for (int i = 0; i < limits.size(); i++) {
            Long count = used.get(counters.ids().get(i));
            states.add(
                    new LimitState(
                            limits.get(i), counters.resetsAt().get(i), count == null ? 0 : count));
        }
        return states;
    }

    @Override
    public List<LimitState> statesOf(OrganizationId organization, Plan plan, Instant now) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(READ)) {
            query.setString(1, organization.value());
            query.setString(2, organization.value());
            query.setObject(3, now.atOffset(ZoneOffset.UTC));
            query.setObject(4, now.atOffset(ZoneOffset.UTC));
            SortedMap<String, Long> used = new TreeMap<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    used.put(row.getString(1) + row.getString(2), row.getLong(3));
                }
            }
            return plan.limits().stream()
                    .map(
                            limit ->
                                    new LimitState(
                                            limit,
                                            limit.window().endOf(now),
                                            used.getOrDefault(
                                                    limit.unit().name() + limit.window().name(),
                                                    0L)))
                    .toList();
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    @Override
    public void forgetWindowsBefore(Instant moment) {
        windows.forgetEndedBy(moment);
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement(FORGET)) {
            delete.setObject(1, moment.atOffset(ZoneOffset.UTC));
            delete.executeUpdate();
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }
}
