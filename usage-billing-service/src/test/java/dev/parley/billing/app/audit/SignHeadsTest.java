package dev.parley.billing.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.billing.business.audit.AuditChains;
import dev.parley.billing.business.audit.AuditRecord;
import dev.parley.billing.business.audit.ChainHead;
import dev.parley.billing.business.audit.Hash;
import dev.parley.billing.business.audit.HeadSigner;
import dev.parley.billing.business.audit.SignedHead;
import dev.parley.billing.business.audit.SignedHeads;
import dev.parley.billing.business.metering.OrganizationId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignHeadsTest {
    private final KeptChains chains = new KeptChains();
    private final KeptHeads heads = new KeptHeads();
    private final SignHeads signHeads =
            new SignHeads(chains, new NoKey(), heads, Clock.systemUTC());

    @Test
    void signsWhatLiesBehindAChainThatWasRewritten() {
        for (int i = 0; i < 502; i++) {
            ChainHead before = head(i, 1, "before");
            chains.moved.put(before.organization().value(), head(i, 2, "after"));
            heads.remember(new NoKey().sign(before, Instant.EPOCH));
            if (i > 0) {
                chains.records.add(before);
            }
        }

        SignHeads.Outcome first = signHeads.handle(null);
        SignHeads.Outcome second = signHeads.handle(first.next());

        assertThat(first.rewritten()).containsExactly(head(0, 1, "before").organization());
        assertThat(first.next()).isEqualTo(head(499, 2, "after").organization());
        assertThat(second.rewritten()).isEmpty();
        assertThat(second.next()).isNull();
        assertThat(heads.published).hasSize(501);
        assertThat(chains.signed).hasSize(501);
        assertThat(chains.lookUps).isEqualTo(2);
    }

    @Test
    void signsAChainThatWasNeverSignedBefore() {
        ChainHead first = head(1, 1, "first");
        chains.moved.put(first.organization().value(), first);

        assertThat(signHeads.handle(null).rewritten()).isEmpty();
        assertThat(chains.signed).containsExactly(first);
    }

    private static ChainHead head(int organization, long position, String text) {
        return new ChainHead(
                new OrganizationId("org_%04d".formatted(organization)), position, Hash.of(text));
    }

    private static final class KeptChains implements AuditChains {
        private final TreeMap<String, ChainHead> moved = new TreeMap<>();
        private final Set<ChainHead> records = new HashSet<>();
        private final List<ChainHead> signed = new ArrayList<>();
        private int lookUps;

        @Override
        public Set<ChainHead> stillThere(Collection<ChainHead> ends) {
            lookUps++;
            Set<ChainHead> there = new HashSet<>(ends);
            there.retainAll(records);
            return there;
        }

        @Override
        public List<ChainHead> moved(@Nullable OrganizationId after, int most) {
            return moved.tailMap(after == null ? "" : after.value(), false).values().stream()
                    .limit(most)
                    .toList();
        }

        @Override
        public void markSigned(List<ChainHead> heads) {
            signed.addAll(heads);
        }

        @Override
        public ChainHead lock(OrganizationId organization) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<UUID> recorded(Collection<UUID> events) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void append(List<AuditRecord> records) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ChainHead head(OrganizationId organization) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class KeptHeads implements SignedHeads {
        private final Map<OrganizationId, SignedHead> latest = new HashMap<>();
        private final List<SignedHead> published = new ArrayList<>();

        @Override
        public void publish(List<SignedHead> heads) {
            published.addAll(heads);
        }

        @Override
        public void remember(SignedHead head) {
            latest.put(head.head().organization(), head);
        }

        @Override
        public Optional<SignedHead> latest(OrganizationId organization) {
            return Optional.ofNullable(latest.get(organization));
        }
    }

    private static final class NoKey implements HeadSigner {
        @Override
        public SignedHead sign(ChainHead head, Instant now) {
            return new SignedHead(head, now, "none", "none");
        }

        @Override
        public boolean isGenuine(SignedHead head) {
            return true;
        }
    }
}
