package dev.parley.gateway.business.generation;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** moderation's redaction of what is to be kept. */
public interface Redactions {
    /** One text for each, in their order; a stage that fails means that none may be kept. */
    CompletableFuture<List<String>> redact(String organization, List<String> texts);
}
