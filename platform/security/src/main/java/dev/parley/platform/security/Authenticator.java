package dev.parley.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.parley.platform.security.AuthenticationOutcome.Authenticated;
import dev.parley.platform.security.AuthenticationOutcome.Invalid;
import dev.parley.platform.security.AuthenticationOutcome.Unavailable;
import dev.parley.platform.web.RequestContext;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells who presents a Bearer token. A verified token is remembered until it expires, an exchanged
 * API key for at most a minute; both stop being good as soon as a revocation is known.
 */
@ApplicationScoped
public class Authenticator {
    /** {@code aud} of tokens for clients. */
    public static final String CLIENT_AUDIENCE = "parley";

    /** {@code aud} of tokens that services use among themselves. */
    public static final String INTERNAL_AUDIENCE = "parley-internal";

    /** How every API key begins. */
    public static final String API_KEY_PREFIX = "sk-parley-";

    private static final Duration PATIENCE_AT_START = Duration.ofSeconds(5);

    private final TokenVerifier verifier;
    private final TokenExchange exchange;
    private final Revocations revocations;
    private final SecurityConfig config;
    private final Clock clock = Clock.systemUTC();
    private final Cache<Presented, AuthenticationOutcome> known;
    private final Map<Presented, Uni<AuthenticationOutcome>> underWay = new ConcurrentHashMap<>();

    /** What was presented where; the same token opens nothing at the other kind of endpoint. */
    private record Presented(String bearer, String audience) {
        boolean isApiKey() {
            return bearer.startsWith(API_KEY_PREFIX);
        }
    }

    @Inject
    Authenticator(
            TokenVerifier verifier,
            TokenExchange exchange,
            Revocations revocations,
            SecurityConfig config) {
        this.verifier = verifier;
        this.exchange = exchange;
        this.revocations = revocations;
        this.config = config;
        this.known =
                Caffeine.newBuilder()
                        .maximumSize(this.config.cachedTokens())
                        .expireAfter(Expiry.creating(this::timeToLive))
                        .build();
    }

    /** Authenticates for one audience; API keys are clients' credentials only. */
    public Uni<AuthenticationOutcome> authenticate(String bearer, String audience) {
        Presented presented = new Presented(bearer, audience);
        AuthenticationOutcome remembered = known.getIfPresent(presented);
        if (remembered != null && revocations.areKnown()) {
            return Uni.createFrom().item(current(remembered));
        }
        return RequestContext.stay(underWay.computeIfAbsent(presented, this::resolve))
                .map(this::current);
    }

    private Uni<AuthenticationOutcome> resolve(Presented presented) {
        Uni<AuthenticationOutcome> outcome =
                presented.isApiKey() ? resolveApiKey(presented) : resolveToken(presented);
        return revocations.areKnown() ? settled(presented, outcome) : later(presented, outcome);
    }

    /** A replica that has just started waits for the revocations, so that none is overlooked. */
    private Uni<AuthenticationOutcome> later(
            Presented presented, Uni<AuthenticationOutcome> outcome) {
        return settled(
                presented,
                revocations
                        .whenKnown()
                        .ifNoItem()
                        .after(PATIENCE_AT_START)
                        .fail()
                        .flatMap(known -> outcome)
                        .onFailure()
                        .recoverWithItem(unreachable -> new Unavailable()));
    }

    private Uni<AuthenticationOutcome> settled(
            Presented presented, Uni<AuthenticationOutcome> outcome) {
        return outcome.invoke(result -> remember(presented, result))
                .onTermination()
                .invoke(() -> underWay.remove(presented))
                .memoize()
                .indefinitely();
    }

    private Uni<AuthenticationOutcome> resolveToken(Presented presented) {
        return verifier.verify(presented.bearer(), presented.audience());
    }

    private Uni<AuthenticationOutcome> resolveApiKey(Presented presented) {
        if (!presented.audience().equals(CLIENT_AUDIENCE)) {
            return Uni.createFrom().item(new Invalid("an API key opens no internal endpoint"));
        }
        return exchange.exchange(presented.bearer(), TokenExchange.SubjectTokenType.API_KEY)
                .flatMap(
                        exchanged ->
                                switch (exchanged) {
                                    case TokenExchange.Exchanged.Token token ->
                                            verifier.verify(token.jwt(), INTERNAL_AUDIENCE);
                                    case TokenExchange.Exchanged.Refused refused ->
                                            Uni.createFrom()
                                                    .<AuthenticationOutcome>item(
                                                            new Invalid(refused.reason()));
                                })
                .onFailure()
                .recoverWithItem(unreachable -> new Unavailable());
    }

    private void remember(Presented presented, AuthenticationOutcome outcome) {
        if (outcome instanceof Authenticated
                || (outcome instanceof Invalid && presented.isApiKey())) {
            known.put(presented, outcome);
        }
    }

    private Duration timeToLive(Presented presented, AuthenticationOutcome outcome) {
        if (outcome instanceof Authenticated authenticated) {
            Duration left = TokenVerifier.lifeLeft(authenticated.caller(), clock.instant());
            Duration most = config.exchangeCacheTimeToLive();
            return presented.isApiKey() && left.compareTo(most) > 0 ? most : left;
        }
        return config.refusalCacheTimeToLive();
    }

    private AuthenticationOutcome current(AuthenticationOutcome outcome) {
        if (outcome instanceof Authenticated authenticated) {
            if (revocations.covers(authenticated.caller())) {
                return new Invalid("revoked");
            }
            Instant expiry = authenticated.caller().expiresAt().plus(config.clockSkew());
            if (clock.instant().isAfter(expiry)) {
                return new AuthenticationOutcome.Expired();
            }
        }
        return outcome;
    }
}
