package dev.parley.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

class FetchedKeysTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicInteger fetches = new AtomicInteger();
    private String published = "";
    private boolean answering = true;

    private Uni<String> fetch() {
        fetches.incrementAndGet();
        return answering
                ? Uni.createFrom().item(published)
                : Uni.createFrom().failure(new IllegalStateException("away"));
    }

    private static boolean knows(FetchedKeys keys, String id) {
        return keys.find(id).await().atMost(Duration.ofSeconds(5)).isPresent();
    }

    @Test
    void fetchesOnceForManyTokens() throws Exception {
        publish("a");
        FetchedKeys keys = new FetchedKeys(this::fetch, LONG, LONG);
        assertThat(knows(keys, "a")).isTrue();
        assertThat(knows(keys, "a")).isTrue();
        assertThat(knows(keys, "made-up")).isFalse();
        assertThat(fetches).hasValue(1);
    }

    @Test
    void dropsAKeyThatTheIssuerHasWithdrawn() throws Exception {
        publish("a", "b");
        FetchedKeys keys = new FetchedKeys(this::fetch, Duration.ZERO, Duration.ZERO);
        assertThat(knows(keys, "a")).isTrue();
        publish("b");
        assertThat(knows(keys, "b")).isTrue();
        assertThat(knows(keys, "a")).isFalse();
    }

    @Test
    void goesOnWithWhatItHasWhileTheIssuerIsAway() throws Exception {
        publish("a");
        FetchedKeys keys = new FetchedKeys(this::fetch, Duration.ZERO, Duration.ZERO);
        assertThat(knows(keys, "a")).isTrue();
        answering = false;
        assertThat(knows(keys, "a")).isTrue();
        assertThat(knows(keys, "a")).isTrue();
        assertThat(fetches).hasValue(3);
    }

    private void publish(String... ids) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        JsonWebKeySet set = new JsonWebKeySet();
        for (String id : ids) {
            set.addJsonWebKey(key(generator.generateKeyPair(), id));
        }
        published = set.toJson();
    }

    private static JsonWebKey key(KeyPair pair, String id) throws JoseException {
        JsonWebKey key = JsonWebKey.Factory.newJwk(pair.getPublic());
        key.setKeyId(id);
        return key;
    }
}
