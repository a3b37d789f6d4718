package dev.parley.identity.storage.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstallationKeyTest {
    private static final String HEX = "fbff".repeat(16);
    private final byte[] bytes = HexFormat.of().parseHex(HEX);

    @Test
    void readsHexAndBothAlphabetsOfBase64() {
        assertThat(InstallationKey.parse(HEX)).isEqualTo(bytes);
        assertThat(InstallationKey.parse(Base64.getEncoder().encodeToString(bytes)))
                .isEqualTo(bytes);
        assertThat(InstallationKey.parse(Base64.getUrlEncoder().encodeToString(bytes) + "\n"))
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "AAAA", "zz", "00112233"})
    void refusesOthersWithoutRepeatingThem(String text) {
        assertThatThrownBy(() -> InstallationKey.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("PARLEY_KEY_ENCRYPTION_KEY has to be 32 bytes in base64 or hex");
    }

    @Test
    void derivesAKeyOfItsOwnForEachUse() {
        InstallationKey key = new InstallationKey(HEX);

        assertThat(key.derive("a")).hasSize(32).isEqualTo(new InstallationKey(HEX).derive("a"));
        assertThat(key.derive("b")).isNotEqualTo(key.derive("a"));
        assertThat(new InstallationKey("00".repeat(32)).derive("a")).isNotEqualTo(key.derive("a"));
    }

    @Test
    void hashesDifferByUse() {
        KeyedHashes hashes = new KeyedHashes(new InstallationKey(HEX));

        assertThat(hashes.hash(KeyedHashes.Use.API_KEY, "x"))
                .hasSize(43)
                .isNotEqualTo(hashes.hash(KeyedHashes.Use.ADDRESS, "x"));
    }
}
