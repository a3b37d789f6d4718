package dev.parley.billing.business.audit;

import java.time.Instant;

/**
 * A chain's end, signed, so that it can be kept where the chain is not.
 *
 * @param keyId which key signed
 * @param signature in URL-safe base64
 */
public record SignedHead(ChainHead head, Instant signedAt, String keyId, String signature) {}
