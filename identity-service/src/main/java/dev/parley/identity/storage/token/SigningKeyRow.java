package dev.parley.identity.storage.token;

import dev.parley.identity.business.token.SigningKey;
import dev.parley.identity.business.token.SigningKeyId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** A signing key as it is stored, its private part encrypted. */
@Entity
@Table(name = "signing_key")
class SigningKeyRow {
    @Id UUID id;

    @Column String stage;

    @Column(name = "stage_since")
    Instant stageSince;

    @Column(name = "public_key")
    byte[] publicKey;

    @Column(name = "sealed_private_key")
    byte[] sealedPrivateKey;

    static SigningKeyRow of(SigningKey key, KeySeal seal) {
        SigningKeyRow row = new SigningKeyRow();
        row.id = key.id().value();
        row.stage = key.stage().name().toLowerCase(Locale.ROOT);
        row.stageSince = key.since();
        row.publicKey = key.pair().getPublic().getEncoded();
        row.sealedPrivateKey = seal.close(row.id, key.pair().getPrivate().getEncoded());
        return row;
    }

    SigningKey toDomain(KeySeal seal) {
        KeyPair pair = EllipticCurveKeys.read(publicKey, seal.open(id, sealedPrivateKey));
        return new SigningKey(
                new SigningKeyId(id),
                pair,
                SigningKey.Stage.valueOf(stage.toUpperCase(Locale.ROOT)),
                stageSince);
    }
}
