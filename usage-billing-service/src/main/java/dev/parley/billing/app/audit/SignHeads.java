package dev.parley.billing.app.audit;

import dev.parley.billing.business.audit.AuditChains;
import dev.parley.billing.business.audit.ChainHead;
import dev.parley.billing.business.audit.HeadSigner;
import dev.parley.billing.business.audit.SignedHead;
import dev.parley.billing.business.audit.SignedHeads;
import dev.parley.billing.business.metering.OrganizationId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Signs the ends of chains that moved and publishes them where this database is not. A chain that
 * no longer holds what was signed before is not signed again, or its next head would cover that up.
 */
@ApplicationScoped
public class SignHeads {
    private static final int BATCH = 500;

    private final AuditChains chains;
    private final HeadSigner signer;
    private final SignedHeads heads;
    private final Clock clock;

    /**
     * What became of it.
     *
     * @param next behind which organization there may be more to sign; null when there is no more
     * @param rewritten the organizations whose chains contradict their signed heads
     */
    public record Outcome(@Nullable OrganizationId next, List<OrganizationId> rewritten) {
        public Outcome {
            rewritten = List.copyOf(rewritten);
        }
    }

    @Inject
    SignHeads(AuditChains chains, HeadSigner signer, SignedHeads heads, Clock clock) {
        this.chains = chains;
        this.signer = signer;
        this.heads = heads;
        this.clock = clock;
    }

    /**
     * Signs one batch.
     *
     * @param after begins behind this organization; null for the first
     */
    @Transactional
    public Outcome handle(@Nullable OrganizationId after) {
        Instant now = clock.instant();
        List<ChainHead> moved = chains.moved(after, BATCH);
        Set<OrganizationId> rewritten = rewritten(moved);
        List<ChainHead> sound =
                moved.stream().filter(head -> !rewritten.contains(head.organization())).toList();
        heads.publish(sound.stream().map(head -> signer.sign(head, now)).toList());
        chains.markSigned(sound);
        return new Outcome(
                moved.size() == BATCH ? moved.getLast().organization() : null,
                List.copyOf(rewritten));
    }

    private Set<OrganizationId> rewritten(List<ChainHead> moved) {
        List<ChainHead> signed =
                moved.stream()
                        .map(head -> heads.latest(head.organization()))
                        .flatMap(Optional::stream)
                        .map(SignedHead::head)
                        .toList();
        if (signed.isEmpty()) {
            return Set.of();
        }
        Set<ChainHead> sound = chains.stillThere(signed);
        return signed.stream()
                .filter(head -> !sound.contains(head))
                .map(ChainHead::organization)
                .collect(Collectors.toSet());
    }
}
