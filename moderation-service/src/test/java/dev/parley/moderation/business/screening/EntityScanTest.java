package dev.parley.moderation.business.screening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.moderation.business.policy.EntityType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityScanTest {
    private static List<EntityMatch> in(String text) {
        return EntityScan.allIn(FoldedText.of(text));
    }

    @ParameterizedTest
    @CsvSource({
        "EMAIL_ADDRESS, john.doe+news@mail.example.co.uk",
        "EMAIL_ADDRESS, o'brien@example.com",
        "PHONE_NUMBER, +49 30 901820",
        "PHONE_NUMBER, +14155552671",
        "PHONE_NUMBER, (415) 555-2671",
        "PHONE_NUMBER, 415-555-2671",
        "IBAN, DE89 3704 0044 0532 0130 00",
        "IBAN, de89370400440532013000",
        "IBAN, GB82 WEST 1234 5698 7654 32",
        "IBAN, NO93 8601 1117 947",
        "CREDIT_CARD, 4111 1111 1111 1111",
        "CREDIT_CARD, 4111-1111-1111-1111",
        "CREDIT_CARD, 5555555555554444",
        "CREDIT_CARD, 3782 822463 10005",
        "CREDIT_CARD, 6011000990139424",
        "CREDIT_CARD, 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "CREDIT_CARD, ４１１１ １１１１ １１１１ １１１１",
        "US_SSN, 078-05-1120",
        "IP_ADDRESS, 203.0.113.7",
        "IP_ADDRESS, 2001:db8::ff00:42:8329",
        "API_KEY, sk-parley-0123456789abcdef0123456789abcdef",
        "API_KEY, AKIAIOSFODNN7EXAMPLE",
        "API_KEY, ghp_0123456789abcdefghijABCDEFGHIJ012345",
        "API_KEY, eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
        "PRIVATE_KEY, -----BEGIN OPENSSH PRIVATE KEY",
    })
    void findsItWhole(EntityType type, String written) {
        String text = "It is " + written + ", ok?";
        assertThat(in(text))
                .singleElement()
                .satisfies(
                        match -> {
                            assertThat(match.type()).isEqualTo(type);
                            assertThat(text.substring(match.start(), match.end()))
                                    .isEqualTo(written);
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1234 5678 9012 3456",
                "4111 1111 1111 1112",
                "order 4111111111111111222233334444",
                "DE88 3704 0044 0532 0130 00",
                "DE89 3704",
                "000-12-3456 and 666-12-3456 and 900-12-3456",
                "version 1.2.3.4.5",
                "127.0.0.1",
                "256.1.1.1",
                "12:30:45",
                "pi is 3.14159265358979",
                "sk-learn-and-other-things-without-any-number",
                "AKIA is a prefix",
                "john@localhost",
                "@user and user@",
                "in 2024, 10000 people",
                "call 911",
                "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
                "550e8400-e29b-41d4-a716-446655440000",
                "-----BEGIN CERTIFICATE-----",
            })
    void takesNothingElseForPersonalData(String text) {
        assertThat(in(text)).isEmpty();
    }

    @Test
    void aChangedDigitIsNoCardAndNoAccountAnyMore() {
        long seed = Long.getLong("parley.seed", 20_261_123L);
        System.out.println("EntityScanTest.aChangedDigitIsNoCard seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            String valid = random.nextBoolean() ? "4111111111111111" : "DE89370400440532013000";
            int place = 4 + random.nextInt(valid.length() - 4);
            int digit = valid.charAt(place) - '0';
            int other = (digit + 1 + random.nextInt(9)) % 10;
            String changed = valid.substring(0, place) + other + valid.substring(place + 1);
            assertThat(in(changed)).describedAs("seed %d: %s", seed, changed).isEmpty();
        }
    }

    @Test
    void seesThroughInvisibleCharacters() {
        String text = "card 4111\u200b1111\u20601111\u00ad1111.";
        assertThat(in(text))
                .singleElement()
                .satisfies(
                        match -> {
                            assertThat(match.start()).isEqualTo(5);
                            assertThat(match.end()).isEqualTo(24);
                        });
    }

    @Test
    void staysLinearOnHostileText() {
        for (String piece : List.of("a.", "1 ", "+1", "a:", "(2", "eyJhbGci", "-----BEGIN ")) {
            long start = System.nanoTime();
            in(piece.repeat(256 * 1024 / piece.length()));
            assertThat(System.nanoTime() - start).describedAs(piece).isLessThan(5_000_000_000L);
        }
    }
}
