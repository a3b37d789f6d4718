package dev.parley.billing.business.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A deed in its place in its organization's chain.
 *
 * @param position from 1, without gaps
 * @param previous the hash of the record before
 * @param hash the hash that was stored with the record
 */
public record AuditRecord(long position, Deed deed, Instant recordedAt, Hash previous, Hash hash) {

    /** The record that follows a chain's end. */
    public static AuditRecord after(ChainHead head, Deed deed, Instant now) {
        Instant recordedAt = now.truncatedTo(ChronoUnit.MICROS);
        long position = head.position() + 1;
        Hash hash = Hash.of(CanonicalRecord.textOf(position, deed, recordedAt, head.hash()));
        return new AuditRecord(position, deed, recordedAt, head.hash(), hash);
    }

    /** The hash of what the record says, which is {@link #hash} unless someone changed it. */
    public Hash recomputed() {
        return Hash.of(CanonicalRecord.textOf(position, deed, recordedAt, previous));
    }

    /** The chain's end with this record as its last. */
    public ChainHead asHead() {
        return new ChainHead(deed.organization(), position, hash);
    }
}
