package dev.parley.identity.storage.token;

import dev.parley.identity.business.token.SigningKeyId;
import dev.parley.identity.business.token.SigningKeys;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.security.VerificationKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.PublicKey;
import java.util.Optional;

/** The issuer's own keys, which it need not ask anyone for. */
@ApplicationScoped
class LocalVerificationKeys implements VerificationKeys {
    private final SigningKeys keys;

    @Inject
    LocalVerificationKeys(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public Uni<Optional<PublicKey>> find(String keyId) {
        return Uni.createFrom()
                .item(
                        PublicId.parse(SigningKeyId.PREFIX, keyId)
                                .flatMap(
                                        id ->
                                                keys.known()
                                                        .flatMap(
                                                                set ->
                                                                        set.find(
                                                                                new SigningKeyId(
                                                                                        id))))
                                .map(key -> key.pair().getPublic()));
    }
}
