package dev.parley.billing.business.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.billing.business.audit.ChainVerification.Broken;
import dev.parley.billing.business.audit.ChainVerification.Fault;
import dev.parley.billing.business.audit.ChainVerification.Intact;
import dev.parley.billing.business.audit.ChainVerification.Verdict;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.metering.SubjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChainVerificationTest {
    private static final OrganizationId ORGANIZATION = new OrganizationId("org_a");
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.123456Z");

    private final List<AuditRecord> chain = chainOf("user_a", "user_b", "user_c", "user_d");

    @Test
    void anUntouchedChainIsIntact() {
        assertThat(verdict(chain, signed(chain.get(2)))).isEqualTo(new Intact(endOf(chain)));
        assertThat(verdict(chain, null)).isEqualTo(new Intact(endOf(chain)));
    }

    @Test
    void aChainThatHasNotBegunIsIntact() {
        ChainHead none = ChainHead.beforeAll(ORGANIZATION);
        assertThat(new ChainVerification(none, null).verdict()).isEqualTo(new Intact(none));
    }

    @Test
    void aChangedDeedIsNamed() {
        AuditRecord second = chain.get(1);
        List<AuditRecord> changed = new ArrayList<>(chain);
        changed.set(1, with(second, deed(second.deed().event(), "user_eve"), second.hash()));

        assertThat(verdict(changed, null)).isEqualTo(broken(second, Fault.ALTERED));
    }

    @Test
    void aChangedDeedWithItsHashBreaksTheLinkToTheNext() {
        AuditRecord second = chain.get(1);
        AuditRecord forged =
                AuditRecord.after(
                        chain.getFirst().asHead(), deed(second.deed().event(), "user_eve"), NOW);
        List<AuditRecord> changed = new ArrayList<>(chain);
        changed.set(1, forged);

        assertThat(verdict(changed, null)).isEqualTo(broken(chain.get(2), Fault.UNLINKED));
    }

    @Test
    void aChainThatWasRewrittenAsAWholeContradictsTheSignedHead() {
        List<AuditRecord> rewritten = chainOf("user_a", "user_eve", "user_c", "user_d");

        assertThat(verdict(rewritten, null)).isInstanceOf(Intact.class);
        assertThat(verdict(rewritten, signed(chain.get(2))))
                .isEqualTo(broken(rewritten.get(2), Fault.REWRITTEN));
    }

    @Test
    void aRecordThatIsGoneLeavesAGap() {
        List<AuditRecord> thinned = new ArrayList<>(chain);
        thinned.remove(1);

        assertThat(verdict(thinned, null)).isEqualTo(new Broken(2, null, Fault.MISSING));
    }

    @Test
    void aRecordTwiceIsNoChain() {
        List<AuditRecord> doubled = new ArrayList<>(chain);
        doubled.add(2, chain.get(1));

        assertThat(verdict(doubled, null)).isEqualTo(broken(chain.get(1), Fault.UNLINKED));
    }

    @Test
    void aCutTailShowsByTheSignedHead() {
        List<AuditRecord> shorter = chain.subList(0, 2);

        assertThat(verdict(shorter, null)).isInstanceOf(Intact.class);
        assertThat(verdict(shorter, signed(chain.get(3))))
                .isEqualTo(new Broken(3, null, Fault.CUT_OFF));
    }

    @Test
    void whatNoServiceToldIsNamed() {
        UUID event = new UUID(0, 9);
        ChainVerification verification = new ChainVerification(endOf(chain), null);
        boolean more =
                verification.follow(
                        List.of(
                                new StoredRecord.Legible(chain.getFirst()),
                                new StoredRecord.Illegible(2, event)));

        assertThat(more).isFalse();
        assertThat(verification.position()).isEqualTo(1);
        assertThat(verification.verdict()).isEqualTo(new Broken(2, event, Fault.ALTERED));
    }

    @Test
    void aHashIsOfTheOneSpellingOfTheRecord() {
        assertThat(CanonicalRecord.textOf(1, deed(new UUID(0, 7), "user_a"), NOW, Hash.GENESIS))
                .isEqualTo(
                        "{\"action\":\"api_key.revoke\",\"actor\":\"user_a\","
                                + "\"at\":\"2026-11-01T12:00:00.123456Z\","
                                + "\"event\":\"00000000-0000-0000-0000-000000000007\","
                                + "\"first_at\":\"2026-11-01T12:00:00.123456Z\","
                                + "\"occurrences\":1,\"organization\":\"org_a\",\"position\":1,"
                                + "\"previous\":\""
                                + "0".repeat(64)
                                + "\",\"recorded_at\":\"2026-11-01T12:00:00.123456Z\","
                                + "\"resource_id\":\"key_1\",\"resource_type\":\"api_key\","
                                + "\"service\":\"identity-service\",\"version\":1}");
    }

    private static Verdict verdict(List<AuditRecord> records, @Nullable SignedHead signed) {
        ChainHead claimed = records.isEmpty() ? ChainHead.beforeAll(ORGANIZATION) : endOf(records);
        ChainVerification verification = new ChainVerification(claimed, signed);
        verification.follow(records.stream().<StoredRecord>map(StoredRecord.Legible::new).toList());
        return verification.verdict();
    }

    private static ChainHead endOf(List<AuditRecord> records) {
        return records.getLast().asHead();
    }

    private static SignedHead signed(AuditRecord last) {
        return new SignedHead(last.asHead(), NOW, "key", "signature");
    }

    private static Broken broken(AuditRecord at, Fault fault) {
        return new Broken(at.position(), at.deed().event(), fault);
    }

    private static AuditRecord with(AuditRecord record, Deed deed, Hash hash) {
        return new AuditRecord(
                record.position(), deed, record.recordedAt(), record.previous(), hash);
    }

    private static List<AuditRecord> chainOf(String... actors) {
        List<AuditRecord> records = new ArrayList<>();
        ChainHead head = ChainHead.beforeAll(ORGANIZATION);
        for (String actor : actors) {
            AuditRecord next =
                    AuditRecord.after(head, deed(new UUID(0, records.size() + 1), actor), NOW);
            records.add(next);
            head = next.asHead();
        }
        return List.copyOf(records);
    }

    private static Deed deed(UUID event, String actor) {
        return new Deed(
                event,
                new ServiceName("identity-service"),
                ORGANIZATION,
                new Actor(new SubjectId(actor), null, null),
                new ActionName("api_key.revoke"),
                new Resource("api_key", "key_1"),
                null,
                1,
                NOW,
                NOW,
                null,
                null,
                null);
    }
}
