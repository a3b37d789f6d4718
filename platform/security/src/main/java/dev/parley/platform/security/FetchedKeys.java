package dev.parley.platform.security;

import dev.parley.platform.web.RequestContext;
import io.smallrye.mutiny.Uni;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's JWKS, fetched when an unknown {@code kid} shows up but never more often than the
 * interval allows, so that made-up key ids cannot flood the issuer. What is older than it may be is
 * fetched again while it is still used, so that a key that the issuer has withdrawn goes here, too.
 */
final class FetchedKeys implements VerificationKeys {
    private static final System.Logger LOG = System.getLogger(FetchedKeys.class.getName());

    private final Supplier<Uni<String>> fetch;
    private final long intervalNanos;
    private final long maxAgeNanos;
    private volatile Map<String, PublicKey> keys = Map.of();
    private volatile long lastFetch;
    private volatile long lastRenewal;
    private volatile boolean fetched;
    private @Nullable Uni<Map<String, PublicKey>> underWay;

    FetchedKeys(Supplier<Uni<String>> fetch, Duration interval, Duration maxAge) {
        this.fetch = fetch;
        this.intervalNanos = interval.toNanos();
        this.maxAgeNanos = maxAge.toNanos();
    }

    @Override
    public Uni<Optional<PublicKey>> find(String keyId) {
        PublicKey known = keys.get(keyId);
        if (known != null) {
            renewInPassing();
            return Uni.createFrom().item(Optional.of(known));
        }
        if (fetched && System.nanoTime() - lastFetch < intervalNanos) {
            return Uni.createFrom().item(Optional.empty());
        }
        return RequestContext.stay(refresh()).map(all -> Optional.ofNullable(all.get(keyId)));
    }

    private void renewInPassing() {
        long now = System.nanoTime();
        if (now - lastFetch < maxAgeNanos || now - lastRenewal < intervalNanos) {
            return;
        }
        lastRenewal = now;
        refresh()
                .subscribe()
                .with(
                        renewed -> {},
                        failure ->
                                LOG.log(
                                        System.Logger.Level.WARNING,
                                        "the issuer''s keys are {0} s old and can not be renewed",
                                        (System.nanoTime() - lastFetch) / 1_000_000_000));
    }

    private synchronized Uni<Map<String, PublicKey>> refresh() {
        if (underWay == null) {
            underWay =
                    fetch.get()
                            .map(FetchedKeys::parse)
                            .invoke(this::keep)
                            .onTermination()
                            .invoke(this::done)
                            .memoize()
                            .indefinitely();
        }
        return underWay;
    }

    private void keep(Map<String, PublicKey> fresh) {
        keys = fresh;
        lastFetch = System.nanoTime();
        lastRenewal = lastFetch;
        fetched = true;
    }

    private synchronized void done() {
        underWay = null;
    }

    private static Map<String, PublicKey> parse(String jwks) {
        Map<String, PublicKey> parsed = new HashMap<>();
        try {
            for (JsonWebKey key : new JsonWebKeySet(jwks).getJsonWebKeys()) {
                if (key instanceof EllipticCurveJsonWebKey curve && key.getKeyId() != null) {
                    parsed.put(key.getKeyId(), curve.getECPublicKey());
                }
            }
        } catch (JoseException unreadable) {
            throw new IllegalStateException("the issuer's keys are unreadable", unreadable);
        }
        return Map.copyOf(parsed);
    }
}
