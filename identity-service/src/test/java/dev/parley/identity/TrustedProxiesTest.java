package dev.parley.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.common.net.Inet;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Whose forwarding headers count by default. */
class TrustedProxiesTest {
    /** Anything else is a name to Quarkus, and every request waits for DNS. */
    @Test
    void areRangesOfAddresses() throws IOException {
        assertThat(trustedProxies())
                .isNotEmpty()
                .allSatisfy(proxy -> assertThat(Inet.parseCidrAddress(proxy)).isNotNull());
    }

    private static List<String> trustedProxies() throws IOException {
        Properties properties = new Properties();
        try (InputStream file =
                TrustedProxiesTest.class.getResourceAsStream("/application.properties")) {
            properties.load(file);
        }
        String value = properties.getProperty("quarkus.http.proxy.trusted-proxies");
        String ranges = value.substring(value.indexOf(':') + 1, value.length() - 1);
        return List.of(ranges.split(",", -1));
    }
}
