package dev.parley.billing.business.audit;

import dev.parley.billing.business.metering.OrganizationId;
import java.util.List;

/** The records of the chains, for reading. */
public interface AuditRecords {
    /** What a chain has after a position, in its order. */
    List<StoredRecord> after(OrganizationId organization, long position, int most);

    /**
     * What was asked for and can be read, from the question's beginning on, and one more if there
     * is more.
     */
    List<AuditRecord> find(AuditQuestion question);
}
