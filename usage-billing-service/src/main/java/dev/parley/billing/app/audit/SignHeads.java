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
import java.util.Map;
import java.util.stream.Collectors;

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
     * @param more whether there may be more to sign
     * @param rewritten the organizations whose chains contradict their signed heads
     */
    public record Outcome(boolean more, List<OrganizationId> rewritten) {
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

    @Transactional
    public Outcome handle() {
        Instant now = clock.instant();
        Map<Boolean, List<ChainHead>> moved =
                chains.moved(BATCH).stream()
                        .collect(Collectors.partitioningBy(this::holdsWhatWasSigned));
        List<ChainHead> sound = moved.getOrDefault(true, List.of());
        heads.publish(sound.stream().map(head -> signer.sign(head, now)).toList());
        chains.markSigned(sound);
        return new Outcome(
                sound.size() == BATCH,
                moved.getOrDefault(false, List.of()).stream()
                        .map(ChainHead::organization)
                        .toList());
    }

    private boolean holdsWhatWasSigned(ChainHead head) {
        return heads.latest(head.organization())
                .map(SignedHead::head)
                .map(
                        signed ->
                                chains.hashAt(signed.organization(), signed.position())
                                        .filter(signed.hash()::equals)
                                        .isPresent())
                .orElse(true);
    }
}
