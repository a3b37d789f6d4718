package dev.parley.billing.business.audit;

import java.util.UUID;

/** What is found at a place of a chain. */
public sealed interface StoredRecord {
    /** A record, whether or not it is still the one that was appended. */
    record Legible(AuditRecord record) implements StoredRecord {}

    /** Something that no service ever told. */
    record Illegible(long position, UUID event) implements StoredRecord {}
}
