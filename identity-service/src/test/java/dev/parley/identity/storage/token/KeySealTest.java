package dev.parley.identity.storage.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.identity.storage.account.InstallationKey;
import dev.parley.identity.storage.account.InstallationKeys;
import java.security.KeyPair;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeySealTest {
    private final UUID id = new UUID(1, 2);
    private final KeySeal seal = sealWith(InstallationKeys.of("00".repeat(32)));
    private final byte[] plain = EllipticCurveKeys.generate().getPrivate().getEncoded();

    @Test
    void opensWhatItClosed() {
        byte[] sealed = seal.close(id, plain);

        assertThat(seal.open(id, sealed)).isEqualTo(plain);
        assertThat(sealed).isNotEqualTo(seal.close(id, plain));
    }

    @Test
    void opensNeitherWithAnotherKeyNorForAnotherRowNorAfterAChange() {
        byte[] sealed = seal.close(id, plain);
        KeySeal other = sealWith(InstallationKeys.of("11".repeat(32)));

        assertThatThrownBy(() -> other.open(id, sealed))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("PARLEY_KEY_ENCRYPTION_KEY");
        assertThatThrownBy(() -> seal.open(new UUID(1, 3), sealed))
                .isInstanceOf(IllegalStateException.class);
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> seal.open(id, sealed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void readsKeyPairsBack() {
        KeyPair pair = EllipticCurveKeys.generate();

        KeyPair read =
                EllipticCurveKeys.read(
                        pair.getPublic().getEncoded(), pair.getPrivate().getEncoded());

        assertThat(read.getPublic()).isEqualTo(pair.getPublic());
        assertThat(read.getPrivate()).isEqualTo(pair.getPrivate());
    }

    private static KeySeal sealWith(InstallationKey key) {
        return new KeySeal(key, new SplittableRandom(7));
    }
}
