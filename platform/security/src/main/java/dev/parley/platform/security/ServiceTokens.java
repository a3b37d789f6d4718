package dev.parley.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.platform.security.TokenExchange.Exchanged;
import dev.parley.platform.security.TokenExchange.SubjectTokenType;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.RequestContext;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The {@code Authorization} headers with which this service calls the others. */
@ApplicationScoped
public class ServiceTokens {
    private static final Duration RENEW_BEFORE_EXPIRY = Duration.ofSeconds(30);
    private static final Duration EXCHANGED_TOKEN_KEPT = Duration.ofSeconds(45);
    private static final int MOST_EXCHANGED_TOKENS = 20_000;

    private final OwnToken source;
    private final TokenExchange exchange;
    private final Cache<String, String> exchanged =
            Caffeine.newBuilder()
                    .maximumSize(MOST_EXCHANGED_TOKENS)
                    .expireAfterWrite(EXCHANGED_TOKEN_KEPT)
                    .build();
    private volatile @Nullable Kept own;
    private @Nullable Uni<Kept> underWay;

    private record Kept(String header, Instant renewAt) {}

    @Inject
    ServiceTokens(OwnToken source, TokenExchange exchange) {
        this.source = source;
        this.exchange = exchange;
    }

    /** This service's own token; fails when there is none and the issuer cannot be reached. */
    public Uni<String> own() {
        Kept kept = own;
        if (kept != null && Instant.now().isBefore(kept.renewAt())) {
            return Uni.createFrom().item(kept.header());
        }
        return RequestContext.stay(renew()).map(Kept::header);
    }

    /**
     * A token with which this service acts for its caller; a caller that came with an exchanged
     * token, or with an API key that became one, is passed on as it is.
     *
     * @return fails with 503 {@code dependency_unavailable} when the issuer cannot be reached, with
     *     401 {@code invalid_token} when it no longer accepts the caller
     */
    public Uni<String> onBehalfOf(Caller caller) {
        if (caller.isExchanged()) {
            return Uni.createFrom().item("Bearer " + caller.bearer());
        }
        String kept = exchanged.getIfPresent(caller.bearer());
        if (kept != null) {
            return Uni.createFrom().item(kept);
        }
        return exchange.exchange(caller.bearer(), SubjectTokenType.ACCESS_TOKEN)
                .onFailure()
                .transform(unreachable -> Problem.dependencyUnavailable().asException())
                .map(
                        outcome ->
                                switch (outcome) {
                                    case Exchanged.Token token -> {
                                        String header = "Bearer " + token.jwt();
                                        exchanged.put(caller.bearer(), header);
                                        yield header;
                                    }
                                    case Exchanged.Refused ignored ->
                                            throw Problem.of(
                                                            401,
                                                            "invalid_token",
                                                            "The token is not valid any more.")
                                                    .asException();
                                });
    }

    private synchronized Uni<Kept> renew() {
        if (underWay == null) {
            underWay =
                    source.issue()
                            .map(ServiceTokens::kept)
                            .invoke(fresh -> own = fresh)
                            .onTermination()
                            .invoke(this::done)
                            .memoize()
                            .indefinitely();
        }
        return underWay;
    }

    private synchronized void done() {
        underWay = null;
    }

    private static Kept kept(OwnToken.Issued issued) {
        Duration life = Duration.ofSeconds(issued.lifeSeconds());
        Duration usable = life.minus(RENEW_BEFORE_EXPIRY);
        return new Kept(
                "Bearer " + issued.jwt(),
                Instant.now().plus(usable.isNegative() ? life.dividedBy(2) : usable));
    }
}
