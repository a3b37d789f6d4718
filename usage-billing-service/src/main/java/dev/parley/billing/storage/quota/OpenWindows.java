package dev.parley.billing.storage.quota;

import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.quota.Limit;
import dev.parley.billing.business.quota.Plan;
import dev.parley.billing.business.quota.PlanName;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which counters an organization's limits stand in at a moment. They are made when they are first
 * needed, in a transaction of their own, and remembered until the first of them ends.
 */
@ApplicationScoped
class OpenWindows {
    private static final String CREATE =
            """
            insert into quota_window
                (organization_id, scope, holder, unit, window_length, starts_at, ends_at)
            select ?, l.scope, ?, l.unit, l.window_length, l.starts_at, l.ends_at
            from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
                as l (scope, unit, window_length, starts_at, ends_at)
            order by l.scope, l.unit, l.window_length
            on conflict do nothing
            """;
    private static final String FIND =
            """
            select w.id
            from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[])
                with ordinality as l (scope, unit, window_length, starts_at, place)
            join quota_window w
              on w.organization_id = ? and w.scope = l.scope and w.holder = ?
             and w.unit = l.unit and w.window_length = l.window_length
             and w.starts_at = l.starts_at
            order by l.place
            """;

    private final AgroalDataSource database;
    private final Map<Key, Counters> remembered = new ConcurrentHashMap<>();

    private record Key(OrganizationId organization, PlanName plan, int version) {}

    /**
     * A plan's counters, in the order of its limits.
     *
     * @param ids the rows
     * @param resetsAt when each window ends
     * @param from when the latest of them began
     * @param until when the first of them ends
     */
    record Counters(List<Long> ids, List<Instant> resetsAt, Instant from, Instant until) {
        boolean areCurrent(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }

    @Inject
    OpenWindows(AgroalDataSource database) {
        this.database = database;
    }

    Counters of(OrganizationId organization, Plan plan, Instant now) throws SQLException {
        Key key = new Key(organization, plan.name(), plan.version());
        @Nullable Counters known = remembered.get(key);
        if (known != null && known.areCurrent(now)) {
            return known;
        }
        Counters opened = open(organization, plan, now);
        remembered.put(key, opened);
        return opened;
    }

    void forgetEndedBy(Instant moment) {
        remembered.values().removeIf(counters -> counters.until().isBefore(moment));
    }

    void forgetAll() {
        remembered.clear();
    }

    private Counters open(OrganizationId organization, Plan plan, Instant now) throws SQLException {
        List<Limit> limits = plan.limits();
        List<Instant> resetsAt = limits.stream().map(limit -> limit.window().endOf(now)).toList();
        try (Connection connection = database.getConnection()) {
            create(connection, organization, limits, now);
            return new Counters(
                    find(connection, organization, limits, now),
                    resetsAt,
                    limits.stream()
                            .map(limit -> limit.window().startOf(now))
                            .max(Instant::compareTo)
                            .orElse(now),
                    resetsAt.stream().min(Instant::compareTo).orElse(Instant.MAX));
        }
    }

    private static void create(
            Connection connection, OrganizationId organization, List<Limit> limits, Instant now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(CREATE)) {
            insert.setString(1, organization.value());
            insert.setString(2, organization.value());
            bindLimits(insert, 3, limits, now);
            insert.setArray(7, times(connection, limits, limit -> limit.window().endOf(now)));
            insert.executeUpdate();
        }
    }

    private static List<Long> find(
            Connection connection, OrganizationId organization, List<Limit> limits, Instant now)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(FIND)) {
            bindLimits(query, 1, limits, now);
            query.setString(5, organization.value());
            query.setString(6, organization.value());
            List<Long> ids = new ArrayList<>(limits.size());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                }
            }
            return List.copyOf(ids);
        }
    }

    /** Binds scope, unit, window and beginning of each limit, from a place on. */
    private static void bindLimits(
            PreparedStatement statement, int place, List<Limit> limits, Instant now)
            throws SQLException {
        Connection connection = statement.getConnection();
        statement.setArray(place, texts(connection, limits, limit -> limit.scope().name()));
        statement.setArray(place + 1, texts(connection, limits, limit -> limit.unit().name()));
        statement.setArray(place + 2, texts(connection, limits, limit -> limit.window().name()));
        statement.setArray(
                place + 3, times(connection, limits, limit -> limit.window().startOf(now)));
    }

    private static Array texts(
            Connection connection, List<Limit> limits, Function<Limit, String> text)
            throws SQLException {
        return connection.createArrayOf("text", limits.stream().map(text).toArray());
    }

    private static Array times(
            Connection connection, List<Limit> limits, Function<Limit, Instant> time)
            throws SQLException {
        return connection.createArrayOf(
                "timestamptz", limits.stream().map(time).map(Instant::toString).toArray());
    }
}
