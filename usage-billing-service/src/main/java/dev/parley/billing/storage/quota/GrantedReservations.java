package dev.parley.billing.storage.quota;

import dev.parley.billing.business.metering.ApiKeyId;
import dev.parley.billing.business.metering.ConversationId;
import dev.parley.billing.business.metering.ResponseId;
import dev.parley.billing.business.quota.Admission;
import dev.parley.billing.business.quota.LimitState;
import dev.parley.billing.business.quota.Reservation;
import dev.parley.billing.business.quota.Unit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The reservations of one transaction, written together with their counters by one statement. */
final class GrantedReservations {
    private static final String WRITE =
            """
            with counted as (
                update quota_window w
                set used = c.used
                from unnest(?::bigint[], ?::bigint[]) as c (id, used)
                where w.id = c.id
            )
            insert into reservation
                (id, organization_id, subject, api_key, conversation, response, call, model, tier, plan, purpose,
                 reserved_input, granted_output, request_windows, token_windows,
                 charged_requests, charged_tokens, state, reserved_at, lease_until)
            select r.id, r.organization_id, r.subject, r.api_key, r.conversation, r.response, r.call,
                   r.model, r.tier, r.plan, r.purpose, r.reserved_input, r.granted_output, r.request_windows::bigint[],
                   r.token_windows::bigint[], 1, r.reserved_input + r.granted_output, 'OPEN',
                   r.reserved_at, r.lease_until
            from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                        ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[],
                        ?::bigint[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
                as r (id, organization_id, subject, api_key, conversation, response, call, model,
                      tier, plan, purpose, reserved_input, granted_output, request_windows,
                      token_windows, reserved_at, lease_until)
            """;

    private final List<Row> rows = new ArrayList<>();

    private record Row(Reservation reservation, String requestWindows, String tokenWindows) {}

    /**
     * Takes note of a grant and of the counters after it; of a refusal there is nothing to note.
     */
    void add(Admission admission, OpenWindows.Counters counters, SortedMap<Long, Long> used) {
        switch (admission) {
            case Admission.Granted granted ->
                    add(granted.reservation(), granted.limits(), counters, used);
            case Admission.Warned warned ->
                    add(warned.reservation(), warned.limits(), counters, used);
            case Admission.Refused refused -> {}
        }
    }

    private void add(
            Reservation reservation,
            List<LimitState> after,
            OpenWindows.Counters counters,
            SortedMap<Long, Long> used) {
        StringBuilder requests = new StringBuilder("{");
        StringBuilder tokens = new StringBuilder("{");
        for (int i = 0; i < after.size(); i++) {
            LimitState state = after.get(i);
            Long id = counters.ids().get(i);
            used.put(id, state.used());
            StringBuilder list = state.limit().unit() == Unit.REQUESTS ? requests : tokens;
            list.append(list.length() == 1 ? "" : ",").append(id);
        }
        rows.add(new Row(reservation, requests + "}", tokens + "}"));
    }

    /** Writes the grants and the counters; nothing when nothing was granted. */
    void write(Connection connection, SortedMap<Long, Long> used) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            Columns columns = new Columns(connection, statement);
            columns.bind("bigint", used.keySet().toArray());
            columns.bind("bigint", used.values().toArray());
            columns.bind("uuid", row -> row.reservation().id().value());
            columns.bind(
                    "text", row -> row.reservation().request().consumer().organization().value());
            columns.bind("text", row -> row.reservation().request().consumer().subject().value());
            columns.bind("text", GrantedReservations::apiKeyOf);
            columns.bind("text", GrantedReservations::conversationOf);
            columns.bind("text", GrantedReservations::responseOf);
            columns.bind("text", row -> row.reservation().request().call().value());
            columns.bind("text", row -> row.reservation().request().model().value());
            columns.bind("text", row -> row.reservation().request().tier().name());
            columns.bind("text", row -> row.reservation().plan().value());
            columns.bind("text", row -> row.reservation().request().purpose());
            columns.bind("bigint", row -> row.reservation().request().inputTokens());
            columns.bind("bigint", row -> row.reservation().grantedOutputTokens());
            columns.bind("text", Row::requestWindows);
            columns.bind("text", Row::tokenWindows);
            columns.bind("timestamptz", row -> text(row.reservation().reservedAt()));
            columns.bind("timestamptz", row -> text(row.reservation().leaseUntil()));
            statement.executeUpdate();
        }
    }

    private static @Nullable String apiKeyOf(Row row) {
        ApiKeyId key = row.reservation().request().consumer().apiKey();
        return key == null ? null : key.value();
    }

    private static @Nullable String conversationOf(Row row) {
        ConversationId conversation = row.reservation().request().consumer().conversation();
        return conversation == null ? null : conversation.value();
    }

    private static @Nullable String responseOf(Row row) {
        ResponseId response = row.reservation().request().response();
        return response == null ? null : response.value();
    }

    private static String text(Instant instant) {
        return instant.toString();
    }

    /** Binds one array after the other. */
    private final class Columns {
        private final Connection connection;
        private final PreparedStatement statement;
        private int place;

        Columns(Connection connection, PreparedStatement statement) {
            this.connection = connection;
            this.statement = statement;
        }

        void bind(String type, Function<Row, @Nullable Object> value) throws SQLException {
            @Nullable Object[] values = new @Nullable Object[rows.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value.apply(rows.get(i));
            }
            bind(type, values);
        }

        void bind(String type, @Nullable Object[] values) throws SQLException {
            place++;
            statement.setArray(place, connection.createArrayOf(type, values));
        }
    }
}
