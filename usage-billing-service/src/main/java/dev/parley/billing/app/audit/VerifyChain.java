package dev.parley.billing.app.audit;

import dev.parley.billing.business.audit.AuditChains;
import dev.parley.billing.business.audit.AuditRecords;
import dev.parley.billing.business.audit.ChainVerification;
import dev.parley.billing.business.audit.SignedHead;
import dev.parley.billing.business.audit.SignedHeads;
import dev.parley.billing.business.audit.StoredRecord;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Recomputes a chain from its first record and compares its end with the last signed head. */
@ApplicationScoped
public class VerifyChain {
    private static final int BATCH = 1000;

    private final AuditChains chains;
    private final AuditRecords records;
    private final SignedHeads heads;

    /** What became of it. */
    public sealed interface Outcome {
        record Verified(
                ChainVerification.Verdict verdict, long followed, Optional<SignedHead> signed)
                implements Outcome {}

        record NotYours() implements Outcome {}
    }

    @Inject
    VerifyChain(AuditChains chains, AuditRecords records, SignedHeads heads) {
        this.chains = chains;
        this.records = records;
        this.heads = heads;
    }

    /** Batch by batch, each a look of its own: a chain only grows, so no lock is held meanwhile. */
    public Outcome handle(Caller caller, OrganizationId organization) {
        if (!ListAuditEvents.isOpenTo(caller, organization)) {
            return new Outcome.NotYours();
        }
        Optional<SignedHead> signed = heads.latest(organization);
        ChainVerification verification =
                new ChainVerification(chains.head(organization), signed.orElse(null));
        List<StoredRecord> batch;
        do {
            batch = records.after(organization, verification.position(), BATCH);
        } while (verification.follow(batch) && batch.size() == BATCH);
        return new Outcome.Verified(verification.verdict(), verification.position(), signed);
    }
}
