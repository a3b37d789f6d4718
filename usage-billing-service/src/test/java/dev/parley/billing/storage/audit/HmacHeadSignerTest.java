package dev.parley.billing.storage.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.billing.business.audit.ChainHead;
import dev.parley.billing.business.audit.Hash;
import dev.parley.billing.business.audit.SignedHead;
import dev.parley.billing.business.metering.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HmacHeadSignerTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.123456Z");
    private static final ChainHead HEAD =
            new ChainHead(new OrganizationId("org_a"), 3, Hash.of("three"));

    private final HmacHeadSigner signer = signer("00".repeat(32));

    @Test
    void knowsItsOwnSignature() {
        assertThat(signer.isGenuine(signer.sign(HEAD, NOW))).isTrue();
        assertThat(signer("00".repeat(32)).isGenuine(signer.sign(HEAD, NOW))).isTrue();
    }

    @Test
    void knowsWhatItDidNotSign() {
        SignedHead signed = signer.sign(HEAD, NOW);

        assertThat(signer("01".repeat(32)).isGenuine(signed)).isFalse();
        assertThat(
                        signer.isGenuine(
                                new SignedHead(
                                        new ChainHead(HEAD.organization(), 2, HEAD.hash()),
                                        signed.signedAt(),
                                        signed.keyId(),
                                        signed.signature())))
                .isFalse();
        assertThat(
                        signer.isGenuine(
                                new SignedHead(
                                        HEAD,
                                        signed.signedAt().plusSeconds(1),
                                        signed.keyId(),
                                        signed.signature())))
                .isFalse();
    }

    @Test
    void takesAKeyOf32BytesInEitherSpellingAndKeepsItOutOfTheComplaint() {
        assertThat(HmacHeadSigner.parse("ff".repeat(32))).hasSize(32);
        assertThat(HmacHeadSigner.parse("A".repeat(43) + "=")).hasSize(32);
        assertThatThrownBy(() -> HmacHeadSigner.parse("too-short"))
                .hasMessageContaining("PARLEY_AUDIT_SIGNING_KEY")
                .hasMessageNotContaining("too-short");
    }

    private static HmacHeadSigner signer(String key) {
        return new HmacHeadSigner(
                new AuditSettings() {
                    @Override
                    public String signingKey() {
                        return key;
                    }

                    @Override
                    public Duration signInterval() {
                        return Duration.ofMinutes(1);
                    }
                });
    }
}
