package dev.parley.billing.storage.audit;

import dev.parley.billing.business.audit.ActionName;
import dev.parley.billing.business.audit.Actor;
import dev.parley.billing.business.audit.AuditRecord;
import dev.parley.billing.business.audit.ClientName;
import dev.parley.billing.business.audit.Deed;
import dev.parley.billing.business.audit.Hash;
import dev.parley.billing.business.audit.RefusalCode;
import dev.parley.billing.business.audit.RequestId;
import dev.parley.billing.business.audit.Resource;
import dev.parley.billing.business.audit.ServiceName;
import dev.parley.billing.business.audit.StoredRecord;
import dev.parley.billing.business.audit.TraceId;
import dev.parley.billing.business.metering.ApiKeyId;
import dev.parley.billing.business.metering.ConversationId;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.metering.SubjectId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A record of the table {@code audit_record}, written and read by plain JDBC. */
final class AuditRow {
    static final String INSERT =
            """
            insert into audit_record
                (event_id, organization_id, position, service, actor, api_key, client, action,
                 resource_type, resource_id, refusal, occurrences, first_at, at, conversation,
                 request, trace, recorded_at, previous_hash, hash)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    static final String SELECT =
            """
            select event_id, organization_id, position, service, actor, api_key, client, action,
                   resource_type, resource_id, refusal, occurrences, first_at, at, conversation,
                   request, trace, recorded_at, previous_hash, hash
            from audit_record
            """;

    private AuditRow() {}

    static void bind(PreparedStatement insert, AuditRecord record) throws SQLException {
        Deed deed = record.deed();
        Actor actor = deed.actor();
        insert.setObject(1, deed.event());
        insert.setString(2, deed.organization().value());
        insert.setLong(3, record.position());
        insert.setString(4, deed.service().value());
        insert.setString(5, text(actor.subject(), SubjectId::value));
        insert.setString(6, text(actor.apiKey(), ApiKeyId::value));
        insert.setString(7, text(actor.client(), ClientName::value));
        insert.setString(8, deed.action().value());
        insert.setString(9, deed.resource().type());
        insert.setString(10, deed.resource().id());
        insert.setString(11, text(deed.refusal(), RefusalCode::value));
        insert.setLong(12, deed.occurrences());
        insert.setObject(13, deed.firstAt().atOffset(ZoneOffset.UTC));
        insert.setObject(14, deed.at().atOffset(ZoneOffset.UTC));
        insert.setString(15, text(deed.conversation(), ConversationId::value));
        insert.setString(16, text(deed.request(), RequestId::value));
        insert.setString(17, text(deed.trace(), TraceId::value));
        insert.setObject(18, record.recordedAt().atOffset(ZoneOffset.UTC));
        insert.setString(19, record.previous().hex());
        insert.setString(20, record.hash().hex());
    }

    static StoredRecord read(ResultSet row) throws SQLException {
        try {
            return new StoredRecord.Legible(toDomain(row));
        } catch (IllegalArgumentException neverTold) {
            return new StoredRecord.Illegible(
                    row.getLong("position"), row.getObject("event_id", UUID.class));
        }
    }

    private static AuditRecord toDomain(ResultSet row) throws SQLException {
        return new AuditRecord(
                row.getLong("position"),
                new Deed(
                        row.getObject("event_id", UUID.class),
                        new ServiceName(row.getString("service")),
                        new OrganizationId(row.getString("organization_id")),
                        new Actor(
                                value(row.getString("actor"), SubjectId::new),
                                value(row.getString("api_key"), ApiKeyId::new),
                                value(row.getString("client"), ClientName::new)),
                        new ActionName(row.getString("action")),
                        new Resource(row.getString("resource_type"), row.getString("resource_id")),
                        value(row.getString("refusal"), RefusalCode::new),
                        row.getLong("occurrences"),
                        instant(row, "first_at"),
                        instant(row, "at"),
                        value(row.getString("conversation"), ConversationId::new),
                        value(row.getString("request"), RequestId::new),
                        value(row.getString("trace"), TraceId::new)),
                instant(row, "recorded_at"),
                new Hash(row.getString("previous_hash")),
                new Hash(row.getString("hash")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static <T> @Nullable String text(@Nullable T value, Function<T, String> text) {
        return value == null ? null : text.apply(value);
    }

    private static <T> @Nullable T value(@Nullable String text, Function<String, T> value) {
        return text == null ? null : value.apply(text);
    }
}
