package dev.parley.identity.business.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.7,203.0.113.7",
        "::ffff:203.0.113.7,203.0.113.7",
        "2001:db8:0:1:aaaa:bbbb:cccc:dddd,2001:db8:0:1::/64",
        "2001:DB8:0000:0001::5,2001:db8:0:1::/64",
        "2001:db8::1,2001:db8:0:0::/64",
        "::1,0:0:0:0::/64",
        "fe80::1%eth0,fe80:0:0:0::/64",
    })
    void tellsCallersApartByAddressOrNetwork(String text, String expected) {
        assertThat(ClientAddress.of(text).value()).isEqualTo(expected);
    }

    @Test
    void takesOneIpv6NetworkForOneCaller() {
        assertThat(ClientAddress.of("2001:db8:1:2:3::1"))
                .isEqualTo(ClientAddress.of("2001:db8:1:2:ffff:1:2:3"))
                .isNotEqualTo(ClientAddress.of("2001:db8:1:3::1"));
    }
}
