package dev.parley.billing.app.audit;

import dev.parley.billing.business.audit.HeadSigner;
import dev.parley.billing.business.audit.SignedHead;
import dev.parley.billing.business.audit.SignedHeads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Notes a published head, to compare the chain with. */
@ApplicationScoped
public class RememberHead {
    private final HeadSigner signer;
    private final SignedHeads heads;

    /** What became of it. */
    public enum Outcome {
        REMEMBERED,
        NOT_OURS
    }

    @Inject
    RememberHead(HeadSigner signer, SignedHeads heads) {
        this.signer = signer;
        this.heads = heads;
    }

    public Outcome handle(SignedHead head) {
        if (!signer.isGenuine(head)) {
            return Outcome.NOT_OURS;
        }
        heads.remember(head);
        return Outcome.REMEMBERED;
    }
}
