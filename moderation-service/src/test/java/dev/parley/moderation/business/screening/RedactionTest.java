package dev.parley.moderation.business.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RedactionTest {
    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void takesNoLongerForManyKeysThatNeverEnd() {
        String opening = "-----BEGIN PRIVATE KEY-----\n";
        assertThat(Redaction.of(opening.repeat(60_000), Rules.of(FirstPolicy.policy())))
                .isEqualTo("[redacted:PRIVATE_KEY]");
    }
}
