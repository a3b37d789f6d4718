package dev.parley.gateway.business.generation;

import java.util.concurrent.CompletableFuture;

/** The organizations' wishes; known ones at once, others when their owner has told them. */
public interface PayloadPolicies {
    /** {@link PayloadPolicy#OFF} when nobody can tell: then nothing may be kept. */
    CompletableFuture<PayloadPolicy> of(String organization);
}
