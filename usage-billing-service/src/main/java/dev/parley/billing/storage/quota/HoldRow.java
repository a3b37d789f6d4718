package dev.parley.billing.storage.quota;

import dev.parley.billing.business.ledger.EntryId;
import dev.parley.billing.business.metering.ApiKeyId;
import dev.parley.billing.business.metering.CallId;
import dev.parley.billing.business.metering.Consumer;
import dev.parley.billing.business.metering.ConversationId;
import dev.parley.billing.business.metering.ModelName;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.metering.ResponseId;
import dev.parley.billing.business.metering.SubjectId;
import dev.parley.billing.business.quota.Hold;
import dev.parley.billing.business.quota.HoldState;
import dev.parley.billing.business.quota.ReservationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code reservation} as a hold. */
final class HoldRow {
    private HoldRow() {}

    static Hold read(ResultSet row) throws SQLException {
        @Nullable String key = row.getString("api_key");
        @Nullable String conversation = row.getString("conversation");
        @Nullable String response = row.getString("response");
        return new Hold(
                new ReservationId(row.getObject("id", UUID.class)),
                new CallId(row.getString("call")),
                new Consumer(
                        new OrganizationId(row.getString("organization_id")),
                        new SubjectId(row.getString("subject")),
                        key == null ? null : new ApiKeyId(key),
                        conversation == null ? null : new ConversationId(conversation)),
                response == null ? null : new ResponseId(response),
                new ModelName(row.getString("model")),
                row.getLong("reserved_input"),
                row.getLong("granted_output"),
                row.getObject("reserved_at", OffsetDateTime.class).toInstant(),
                List.of((Long[]) row.getArray("request_windows").getArray()),
                List.of((Long[]) row.getArray("token_windows").getArray()),
                row.getLong("charged_requests"),
                row.getLong("charged_tokens"),
                state(row));
    }

    static String nameOf(HoldState state) {
        return switch (state) {
            case HoldState.Open open -> "OPEN";
            case HoldState.Released released -> "RELEASED";
            case HoldState.Settled settled -> "SETTLED";
            case HoldState.Estimated estimated -> "ESTIMATED";
        };
    }

    private static HoldState state(ResultSet row) throws SQLException {
        String name = row.getString("state");
        return switch (name) {
            case "OPEN" ->
                    new HoldState.Open(
                            row.getBoolean("reached_provider"),
                            row.getLong("progress_input"),
                            row.getLong("progress_output"));
            case "RELEASED" -> new HoldState.Released();
            case "SETTLED" -> new HoldState.Settled();
            case "ESTIMATED" ->
                    new HoldState.Estimated(
                            new EntryId(row.getObject("estimate_entry", UUID.class)));
            default -> throw new IllegalStateException("unknown state " + name);
        };
    }
}
