package dev.parley.billing.app.audit;

import dev.parley.billing.business.audit.AuditQuestion;
import dev.parley.billing.business.audit.AuditRecord;
import dev.parley.billing.business.audit.AuditRecords;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/** Shows an organization's records to its auditors, and any organization's to the operator. */
@ApplicationScoped
public class ListAuditEvents {
    private final AuditRecords records;

    /** What became of it. */
    public sealed interface Outcome {
        record Found(List<AuditRecord> records) implements Outcome {}

        record NotYours() implements Outcome {}
    }

    @Inject
    ListAuditEvents(AuditRecords records) {
        this.records = records;
    }

    @Transactional
    public Outcome handle(Caller caller, AuditQuestion question) {
        return isOpenTo(caller, question.organization())
                ? new Outcome.Found(records.find(question))
                : new Outcome.NotYours();
    }

    static boolean isOpenTo(Caller caller, OrganizationId organization) {
        return caller.hasRole("operator") || caller.organization().equals(organization.value());
    }
}
