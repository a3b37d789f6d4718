package dev.parley.gateway.storage.generation;

import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.gateway.business.generation.PayloadPolicies;
import dev.parley.gateway.business.generation.PayloadPolicy;
import dev.parley.platform.security.ServiceTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * identity's word on what organizations want kept. It is asked for again in the background while
 * the old one holds, and not believed for longer than three times its life when identity is away.
 */
@ApplicationScoped
class IdentityPayloadPolicies implements PayloadPolicies {
    private static final int LIVES_WITHOUT_IDENTITY = 3;

    private final OrganizationsClient identity;
    private final ServiceTokens tokens;
    private final AsyncLoadingCache<String, PayloadPolicy> known;

    @Inject
    IdentityPayloadPolicies(
            @RestClient OrganizationsClient identity,
            ServiceTokens tokens,
            PayloadSettings settings) {
        this.identity = identity;
        this.tokens = tokens;
        Duration life = settings.policyTimeToLive();
        this.known =
                Caffeine.newBuilder()
                        .maximumSize(settings.mostPolicies())
                        .refreshAfterWrite(life)
                        .expireAfterWrite(life.multipliedBy(LIVES_WITHOUT_IDENTITY))
                        .buildAsync(new Questions());
    }

    @Override
    public CompletableFuture<PayloadPolicy> of(String organization) {
        return known.get(organization);
    }

    /**
     * Unknown, nothing is kept, and identity is left alone for a while; known, the old one holds.
     */
    private final class Questions implements AsyncCacheLoader<String, PayloadPolicy> {
        @Override
        public CompletableFuture<PayloadPolicy> asyncLoad(String organization, Executor executor) {
            return ask(organization).exceptionally(unknown -> PayloadPolicy.OFF);
        }

        @Override
        public CompletableFuture<PayloadPolicy> asyncReload(
                String organization, PayloadPolicy old, Executor executor) {
            return ask(organization);
        }
    }

    private CompletableFuture<PayloadPolicy> ask(String organization) {
        return tokens.own()
                .flatMap(bearer -> identity.policies(bearer, organization))
                .map(IdentityPayloadPolicies::policy)
                .subscribeAsCompletionStage();
    }

    private static PayloadPolicy policy(OrganizationsClient.Policies answer) {
        PayloadPolicy.Mode mode =
                PayloadPolicy.Mode.valueOf(answer.payloadLogging().mode().toUpperCase(Locale.ROOT));
        return mode == PayloadPolicy.Mode.OFF
                ? PayloadPolicy.OFF
                : new PayloadPolicy(
                        mode, Duration.ofDays(answer.payloadLogging().timeToLiveDays()));
    }
}
