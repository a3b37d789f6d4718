package dev.parley.billing.business.audit;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Follows a chain from its first record, and tells where it is broken first. */
public final class ChainVerification {
    private final ChainHead claimed;
    private final @Nullable SignedHead signed;
    private long position;
    private Hash last = Hash.GENESIS;
    private @Nullable Broken broken;

    /** What is wrong with a link. */
    public enum Fault {
        /** The record does not say what it said when it was hashed. */
        ALTERED,
        /** The record does not follow the one before. */
        UNLINKED,
        /** The record is not there, though later ones are. */
        MISSING,
        /** The chain up to this record is another one than the signed head was made of. */
        REWRITTEN,
        /** The record and all after it are not there, though the chain's head covers them. */
        CUT_OFF
    }

    /** What the chain is. */
    public sealed interface Verdict {}

    /** Every link holds, up to the chain's end. */
    public record Intact(ChainHead end) implements Verdict {}

    /** The first link that does not hold, and the record there if there is one. */
    public record Broken(long position, @Nullable UUID event, Fault fault) implements Verdict {}

    /**
     * Begins.
     *
     * @param claimed where the chain's own table says that it ends
     * @param signed the last signed head, if one is known
     */
    public ChainVerification(ChainHead claimed, @Nullable SignedHead signed) {
        this.claimed = claimed;
        this.signed = signed;
    }

    /** Takes the next records; false once nothing that follows matters. */
    public boolean follow(List<StoredRecord> stored) {
        for (StoredRecord one : stored) {
            if (broken != null) {
                return false;
            }
            switch (one) {
                case StoredRecord.Legible legible -> check(legible.record());
                case StoredRecord.Illegible illegible ->
                        broken = new Broken(illegible.position(), illegible.event(), Fault.ALTERED);
            }
        }
        return broken == null;
    }

    /** The position of the last record that was followed. */
    public long position() {
        return position;
    }

    /** What the chain is, after its last record. */
    public Verdict verdict() {
        if (broken != null) {
            return broken;
        }
        if (position < furthestKnown()) {
            return new Broken(position + 1, null, Fault.CUT_OFF);
        }
        return new Intact(new ChainHead(claimed.organization(), position, last));
    }

    private void check(AuditRecord record) {
        if (record.position() > position + 1) {
            broken = new Broken(position + 1, null, Fault.MISSING);
        } else if (record.position() <= position || !record.previous().equals(last)) {
            broken = brokenAt(record, Fault.UNLINKED);
        } else if (!record.recomputed().equals(record.hash())) {
            broken = brokenAt(record, Fault.ALTERED);
        } else if (contradictsSignature(record)) {
            broken = brokenAt(record, Fault.REWRITTEN);
        } else {
            position = record.position();
            last = record.hash();
        }
    }

    private boolean contradictsSignature(AuditRecord record) {
        return signed != null
                && signed.head().position() == record.position()
                && !signed.head().hash().equals(record.hash());
    }

    private long furthestKnown() {
        return signed == null
                ? claimed.position()
                : Math.max(claimed.position(), Objects.requireNonNull(signed).head().position());
    }

    private static Broken brokenAt(AuditRecord record, Fault fault) {
        return new Broken(record.position(), record.deed().event(), fault);
    }
}
