package dev.parley.gateway.storage.model;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.gateway.business.model.PlanCoverage;
import dev.parley.gateway.business.model.Tier;
import dev.parley.gateway.storage.model.EntitlementsClient.Entitlement;
import dev.parley.platform.security.ServiceTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Asks usage-billing, and believes the answer for a moment. */
@ApplicationScoped
class BilledPlanCoverage implements PlanCoverage {
    private static final int MOST_REMEMBERED = 10_000;

    private final EntitlementsClient client;
    private final ServiceTokens tokens;
    private final Cache<Subscriber, Set<Tier>> known;

    private record Subscriber(String organization, boolean guest) {}

    @Inject
    BilledPlanCoverage(
            @RestClient EntitlementsClient client,
            ServiceTokens tokens,
            CatalogueSettings settings) {
        this.client = client;
        this.tokens = tokens;
        this.known =
                Caffeine.newBuilder()
                        .maximumSize(MOST_REMEMBERED)
                        .expireAfterWrite(settings.coverageTimeToLive())
                        .build();
    }

    @Override
    public CompletionStage<Set<Tier>> tiersOf(String organization, boolean guest) {
        Subscriber subscriber = new Subscriber(organization, guest);
        Set<Tier> remembered = known.getIfPresent(subscriber);
        if (remembered != null) {
            return CompletableFuture.completedFuture(remembered);
        }
        return tokens.own()
                .flatMap(bearer -> client.get(bearer, organization, guest))
                .map(BilledPlanCoverage::tiers)
                .invoke(tiers -> known.put(subscriber, tiers))
                .subscribeAsCompletionStage();
    }

    private static Set<Tier> tiers(Entitlement entitlement) {
        List<String> names = entitlement.tiers() == null ? List.of() : entitlement.tiers();
        EnumSet<Tier> tiers = EnumSet.noneOf(Tier.class);
        Arrays.stream(Tier.values())
                .filter(tier -> names.contains(tier.name().toLowerCase(Locale.ROOT)))
                .forEach(tiers::add);
        return tiers;
    }
}
