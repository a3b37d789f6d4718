package dev.parley.billing.api.audit;

import dev.parley.billing.app.audit.VerifyChain;
import dev.parley.billing.business.audit.ChainVerification;
import dev.parley.billing.business.audit.SignedHead;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.platform.id.PublicId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of a verification.
 *
 * @param intact whether every link holds and the last signed head is on the chain
 * @param records how many records were followed from the first without a fault
 * @param broken the first link that does not hold, or null
 * @param signedHead what was compared with, or null while none is known
 */
@RegisterForReflection
public record VerificationView(
        String object,
        String organization,
        boolean intact,
        long records,
        @Nullable BrokenView broken,
        @Nullable SignedHeadView signedHead) {

    /**
     * A link that does not hold.
     *
     * @param event the record there, null when it is gone
     * @param fault {@code altered}, {@code unlinked}, {@code missing}, {@code rewritten} or {@code
     *     cut_off}
     */
    @RegisterForReflection
    public record BrokenView(long position, @Nullable String event, String fault) {}

    /** The end of the chain, as it was signed and published. */
    @RegisterForReflection
    public record SignedHeadView(
            long position, String hash, Instant signedAt, String keyId, String signature) {}

    static VerificationView of(OrganizationId organization, VerifyChain.Outcome.Verified verified) {
        return new VerificationView(
                "audit.verification",
                organization.value(),
                verified.verdict() instanceof ChainVerification.Intact,
                verified.followed(),
                brokenOf(verified.verdict()),
                verified.signed().map(VerificationView::headOf).orElse(null));
    }

    private static @Nullable BrokenView brokenOf(ChainVerification.Verdict verdict) {
        return switch (verdict) {
            case ChainVerification.Intact ignored -> null;
            case ChainVerification.Broken broken ->
                    new BrokenView(
                            broken.position(),
                            broken.event() == null
                                    ? null
                                    : PublicId.format(AuditEventView.PREFIX, broken.event()),
                            broken.fault().name().toLowerCase(Locale.ROOT));
        };
    }

    private static SignedHeadView headOf(SignedHead signed) {
        return new SignedHeadView(
                signed.head().position(),
                signed.head().hash().hex(),
                signed.signedAt(),
                signed.keyId(),
                signed.signature());
    }
}
