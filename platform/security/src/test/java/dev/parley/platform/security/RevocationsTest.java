package dev.parley.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevocationsTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private final Revocations revocations = new Revocations();

    @ParameterizedTest
    @CsvSource({
        "11:59:59.000Z, true",
        "12:00:00.400Z, true",
        "12:00:00.500Z, true",
        "12:00:00.501Z, false",
        "12:00:01.000Z, false"
    })
    void aSubjectsRevocationVoidsOlderTokensAndNoNewerOne(String validSince, boolean revoked) {
        revoke("subject_revoked", "user_alice", Instant.parse("2026-11-01T12:00:00.500200Z"));

        assertThat(revocations.covers(alice(Instant.parse("2026-11-01T" + validSince))))
                .isEqualTo(revoked);
    }

    @Test
    void aTokenThatTellsSecondsOnlyCountsAsOlderWithinTheSecond() {
        revoke("subject_revoked", "user_alice", NOON.plusMillis(500));

        assertThat(revocations.covers(alice(NOON))).isTrue();
        assertThat(revocations.covers(alice(NOON.plusSeconds(1)))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"key_revoked, key_1", "session_revoked, ses_1", "token_revoked, tok_1"})
    void keysSessionsAndTokensAreVoidWhateverTheTime(String kind, String id) {
        revoke(kind, id, NOON.minusSeconds(60));

        assertThat(revocations.covers(alice(NOON))).isTrue();
    }

    @Test
    void othersAreNotTouched() {
        revoke("key_revoked", "key_2", NOON);
        revoke("session_revoked", "key_1", NOON);
        revoke("subject_revoked", "user_bob", NOON.plusSeconds(60));
        revoke("policy_changed", "user_alice", NOON.plusSeconds(60));

        assertThat(revocations.covers(alice(NOON))).isFalse();
    }

    @Test
    void isKnownOnceAPageThatIsNotFullWasRead() {
        assertThat(revocations.areKnown()).isFalse();
        ChangeSource.Change change = new ChangeSource.Change(1, "key_revoked", "key_3", NOON);
        revocations.apply(java.util.Collections.nCopies(ChangeFeedPoller.FULL_PAGE, change));
        assertThat(revocations.areKnown()).isFalse();
        revocations.apply(List.of());
        assertThat(revocations.areKnown()).isTrue();
    }

    @Test
    void callsBackAfterEachPageThatHeldAnything() {
        AtomicInteger calls = new AtomicInteger();
        revocations.onChange(calls::incrementAndGet);
        revocations.apply(List.of());
        revoke("key_revoked", "key_1", NOON);
        assertThat(calls).hasValue(1);
    }

    private void revoke(String kind, String id, Instant at) {
        revocations.apply(List.of(new ChangeSource.Change(1, kind, id, at)));
    }

    private static Caller alice(Instant validSince) {
        return new Caller(
                "user_alice",
                "org_a",
                Set.of("user"),
                Set.of("chat"),
                "parley",
                "key_1",
                "ses_1",
                "tok_1",
                null,
                validSince,
                validSince,
                validSince.plusSeconds(600),
                "bearer");
    }
}
