package dev.parley.identity.business.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.identity.business.token.SigningKey.Stage;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SigningKeySetTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final KeyPair PAIR = noPair();
    private final TokenPolicy policy = TokenPolicyTest.aPolicy();
    private final SigningKeySet first = SigningKeySet.initial(fresh(1), fresh(2), START);

    @Test
    void startsWithACurrentAndANextKey() {
        assertThat(first.current().id()).isEqualTo(id(1));
        assertThat(stages(first)).containsExactly("1 CURRENT", "2 NEXT");
    }

    @Test
    void isDueWhenItsKeyHasSignedLongEnough() {
        assertThat(first.isDue(START.plus(Duration.ofDays(30)).minusMillis(1), policy)).isFalse();
        assertThat(first.isDue(START.plus(Duration.ofDays(30)), policy)).isTrue();
    }

    @Test
    void signsOnlyWithKeysThatWerePublishedBefore() {
        SigningKeySet second = first.rotate(fresh(3), START.plusSeconds(10), policy);

        assertThat(stages(second)).containsExactly("2 CURRENT", "3 NEXT", "1 RETIRED");
        assertThat(second.isDue(START.plusSeconds(20), policy)).isFalse();
    }

    @Test
    void keepsRetiredKeysAsLongAsTheirTokensAreGood() {
        SigningKeySet second = first.rotate(fresh(3), START, policy);

        SigningKeySet soon = second.rotate(fresh(4), START.plus(Duration.ofMinutes(10)), policy);
        SigningKeySet late = second.rotate(fresh(4), START.plus(Duration.ofMinutes(12)), policy);

        assertThat(stages(soon)).containsExactly("3 CURRENT", "4 NEXT", "2 RETIRED", "1 RETIRED");
        assertThat(stages(late)).containsExactly("3 CURRENT", "4 NEXT", "2 RETIRED");
    }

    @Test
    void forgetsARetiredKeyOnceItsTokensHaveEndedWithoutWaitingForTheNextRotation() {
        SigningKeySet second = first.rotate(fresh(3), START, policy);
        Instant soon = START.plus(Duration.ofMinutes(10));
        Instant late = START.plus(Duration.ofMinutes(12));

        assertThat(second.find(id(1), soon, policy)).isPresent();
        assertThat(second.withoutWhatIsOver(soon, policy)).isEqualTo(second);
        assertThat(second.find(id(1), late, policy)).isEmpty();
        assertThat(stages(second.withoutWhatIsOver(late, policy)))
                .containsExactly("2 CURRENT", "3 NEXT");
    }

    @Test
    void dropsACurrentKeyThatMayBeKnownToOthersAtOnce() {
        SigningKeySet second = first.rotate(fresh(3), START, policy);

        SigningKeySet after = second.replaceCurrent(fresh(4), START.plusSeconds(1), policy);

        assertThat(stages(after)).containsExactly("3 CURRENT", "4 NEXT", "1 RETIRED");
    }

    @Test
    void refusesASetThatCannotSign() {
        assertThatThrownBy(() -> new SigningKeySet(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                new SigningKeySet(
                                        List.of(
                                                new SigningKey(id(1), PAIR, Stage.CURRENT, START),
                                                new SigningKey(id(2), PAIR, Stage.CURRENT, START),
                                                new SigningKey(id(3), PAIR, Stage.NEXT, START))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> stages(SigningKeySet set) {
        return set.keys().stream()
                .map(key -> key.id().value().getLeastSignificantBits() + " " + key.stage())
                .toList();
    }

    private static SigningKeySet.Fresh fresh(int number) {
        return new SigningKeySet.Fresh(id(number), PAIR);
    }

    private static SigningKeyId id(int number) {
        return new SigningKeyId(new UUID(0, number));
    }

    @SuppressWarnings("NullAway") // the rules under test never look into the pair
    private static KeyPair noPair() {
        return new KeyPair(null, null);
    }
}
