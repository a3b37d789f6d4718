package dev.parley.billing.storage.audit;

import dev.parley.billing.business.audit.AuditQuestion;
import dev.parley.billing.business.audit.AuditRecord;
import dev.parley.billing.business.audit.AuditRecords;
import dev.parley.billing.business.audit.StoredRecord;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of the chains, by key and never by offset. */
@ApplicationScoped
class JdbcAuditRecords implements AuditRecords {
    private static final String AFTER =
            AuditRow.SELECT
                    + "where organization_id = ? and position > ? order by position limit ?";
    private static final String POSITION_OF =
            "(select position from audit_record where organization_id = ? and event_id = ?)";

    private final AgroalDataSource database;

    /** Conditions, and their parameters in the same order. */
    private static final class Conditions {
        private final StringBuilder sql = new StringBuilder("where organization_id = ?\n");
        private final List<Object> parameters = new ArrayList<>();

        Conditions(OrganizationId organization) {
            parameters.add(organization.value());
        }

        Conditions and(String condition, @Nullable String value) {
            if (value != null) {
                sql.append("and ").append(condition).append('\n');
                condition.chars().filter(c -> c == '?').forEach(ignored -> parameters.add(value));
            }
            return this;
        }
    }

    @Inject
    JdbcAuditRecords(AgroalDataSource database) {
        this.database = database;
    }

    @Override
    public List<StoredRecord> after(OrganizationId organization, long position, int most) {
        return query(AFTER, List.of(organization.value(), position, most));
    }

    @Override
    public List<AuditRecord> find(AuditQuestion question) {
        Conditions conditions =
                new Conditions(question.organization())
                        .and("(actor = ? or api_key = ?)", question.actor())
                        .and("action = ?", question.action())
                        .and("(resource_id = ? or resource_type = ?)", question.resource())
                        .and("conversation = ?", question.conversation())
                        .and("trace = ?", question.trace());
        AuditQuestion.Window window = question.window();
        boolean upwards = window.ascending() != window.backwards();
        if (window.from() != null) {
            conditions
                    .sql
                    .append(upwards ? "and position > " : "and position < ")
                    .append(POSITION_OF)
                    .append('\n');
            conditions.parameters.add(question.organization().value());
            conditions.parameters.add(window.from());
        }
        conditions.parameters.add(window.limit() + 1);
        return query(
                        AuditRow.SELECT
                                + conditions.sql
                                + (upwards ? "order by position" : "order by position desc")
                                + " limit ?",
                        conditions.parameters)
                .stream()
                .filter(StoredRecord.Legible.class::isInstance)
                .map(StoredRecord.Legible.class::cast)
                .map(StoredRecord.Legible::record)
                .toList();
    }

    private List<StoredRecord> query(String sql, List<Object> parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                query.setObject(i + 1, parameters.get(i));
            }
            List<StoredRecord> records = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    records.add(AuditRow.read(row));
                }
            }
            return records;
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }
}
