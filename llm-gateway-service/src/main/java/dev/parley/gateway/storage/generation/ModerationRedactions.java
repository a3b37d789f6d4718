package dev.parley.gateway.storage.generation;

import dev.parley.gateway.business.generation.Redactions;
import dev.parley.platform.security.ServiceTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Redactions over moderation's internal API. */
@ApplicationScoped
class ModerationRedactions implements Redactions {
    private final RedactionsClient moderation;
    private final ServiceTokens tokens;

    @Inject
    ModerationRedactions(@RestClient RedactionsClient moderation, ServiceTokens tokens) {
        this.moderation = moderation;
        this.tokens = tokens;
    }

    @Override
    public CompletableFuture<List<String>> redact(String organization, List<String> texts) {
        return tokens.own()
                .flatMap(
                        bearer ->
                                moderation.redact(
                                        bearer,
                                        new RedactionsClient.RedactionBody(organization, texts)))
                .map(RedactionsClient.RedactionAnswer::texts)
                .subscribeAsCompletionStage();
    }
}
