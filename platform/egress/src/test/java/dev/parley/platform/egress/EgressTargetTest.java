package dev.parley.platform.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressTargetTest {
    @ParameterizedTest
    @CsvSource({
        "https://example.com, https://example.com:443, /",
        "HTTP://Example.COM/a?b=c#d, http://example.com:80, /a?b=c",
        "https://example.com:8443/x%20y, https://example.com:8443, /x%20y",
        "http://1.1.1.1/, http://1.1.1.1:80, /",
        "http://[2606:4700:4700::1111]/, http://2606:4700:4700::1111:80, /",
        "https://xn--bcher-kva.example/, https://xn--bcher-kva.example:443, /"
    })
    void readsPlainAddresses(String url, String origin, String path) {
        assertThat(EgressTarget.parse(url))
                .isInstanceOfSatisfying(
                        EgressTarget.Parsed.Target.class,
                        parsed -> {
                            assertThat(parsed.target().origin()).isEqualTo(origin);
                            assertThat(parsed.target().path()).isEqualTo(path);
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "//example.com/",
                "http:example.com",
                "http://",
                "http:///path",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0x7f.0.0.1/",
                "http://0177.0.0.1/",
                "http://017700000001/",
                "http://127.1/",
                "http://127.0.1/",
                "http://127.0.0.01/",
                "http://127.0.0.1./",
                "http://256.1.1.1/",
                "http://1.1.1.1.1/",
                "http://example.com./",
                "http://example.1/",
                "http://a..b/",
                "http://-a.example/",
                "http://a_/",
                "http://[::1%25eth0]/",
                "http://[::1]x/",
                "http://[v1.x]/",
                "http://ex%61mple.com/",
                "http://\u2460.example/",
                "http://127\u30020\u30020\u30021/",
                "http://exa mple.com/",
                "http://example.com/\r\nx",
                "http://example.com\\@127.0.0.1/",
                "http://example.com:99999/",
                "http://example.com:0/",
                "http://example.com:80:80/"
            })
    void refusesWhatCanBeReadTwice(String url) {
        assertThat(EgressTarget.parse(url))
                .isEqualTo(new EgressTarget.Parsed.Refused(EgressRefusal.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user@example.com/",
                "http://user:secret@example.com/",
                "http://example.com@127.0.0.1/",
                "http://example.com:80@127.0.0.1:80/",
                "http://@example.com/"
            })
    void refusesUserNames(String url) {
        assertThat(EgressTarget.parse(url))
                .isEqualTo(new EgressTarget.Parsed.Refused(EgressRefusal.USER_INFO));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.com/",
                "file:///etc/passwd",
                "gopher://example.com/",
                "jar:http://example.com/a!/b",
                "data:text/plain,x",
                "unix://example.com/"
            })
    void refusesOtherSchemes(String url) {
        assertThat(EgressTarget.parse(url))
                .isEqualTo(new EgressTarget.Parsed.Refused(EgressRefusal.SCHEME));
    }

    @Test
    void refusesEndlessOnes() {
        assertThat(EgressTarget.parse("http://example.com/" + "a".repeat(2048)))
                .isEqualTo(new EgressTarget.Parsed.Refused(EgressRefusal.MALFORMED));
    }

    @Test
    void anOperatorsOriginHasToBeOne() {
        assertThat(EgressTarget.originOf("http://localhost:11434/v1"))
                .isEqualTo("http://localhost:11434");
        assertThatThrownBy(() -> EgressTarget.originOf("localhost:11434"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
