package dev.parley.identity.storage.token;

import dev.parley.identity.business.token.SigningKey;
import dev.parley.identity.business.token.SigningKeyId;
import dev.parley.identity.business.token.SigningKeys;
import dev.parley.identity.business.token.TokenPolicy;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.security.VerificationKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.PublicKey;
import java.time.Clock;
import java.util.Optional;

/** The issuer's own keys, which it need not ask anyone for. */
@ApplicationScoped
class LocalVerificationKeys implements VerificationKeys {
    private final SigningKeys keys;
    private final TokenPolicy policy;
    private final Clock clock;

    @Inject
    LocalVerificationKeys(SigningKeys keys, TokenPolicy policy, Clock clock) {
        this.keys = keys;
        this.policy = policy;
        this.clock = clock;
    }

    @Override
    public Uni<Optional<PublicKey>> find(String keyId) {
        return Uni.createFrom()
                .item(
                        PublicId.parse(SigningKeyId.PREFIX, keyId)
                                .map(SigningKeyId::new)
                                .flatMap(this::inForce)
                                .map(key -> key.pair().getPublic()));
    }

    private Optional<SigningKey> inForce(SigningKeyId id) {
        return keys.known().flatMap(set -> set.find(id, clock.instant(), policy));
    }
}
