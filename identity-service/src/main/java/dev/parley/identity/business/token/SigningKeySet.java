package dev.parley.identity.business.token;

import dev.parley.identity.business.token.SigningKey.Stage;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys in force: one that signs, one that will sign next, and those that signed lately. */
public record SigningKeySet(List<SigningKey> keys) {
    /** A key pair that has just been made. */
    public record Fresh(SigningKeyId id, KeyPair pair) {
        @Override
        public String toString() {
            return "Fresh[" + id.value() + "]";
        }
    }

    public SigningKeySet {
        keys = List.copyOf(keys);
        if (count(keys, Stage.CURRENT) != 1 || count(keys, Stage.NEXT) != 1) {
            throw new IllegalArgumentException("a key set has one current and one next key");
        }
    }

    public static SigningKeySet initial(Fresh current, Fresh next, Instant now) {
        return new SigningKeySet(
                List.of(
                        new SigningKey(current.id(), current.pair(), Stage.CURRENT, now),
                        new SigningKey(next.id(), next.pair(), Stage.NEXT, now)));
    }

    public SigningKey current() {
        return only(Stage.CURRENT);
    }

    /** A key that something good may be signed with. */
    public Optional<SigningKey> find(SigningKeyId id, Instant now, TokenPolicy policy) {
        return keys.stream()
                .filter(key -> key.id().equals(id))
                .filter(key -> !isOver(key, now, policy))
                .findFirst();
    }

    /** Without the retired keys whose tokens have all ended. */
    public SigningKeySet withoutWhatIsOver(Instant now, TokenPolicy policy) {
        return new SigningKeySet(keys.stream().filter(key -> !isOver(key, now, policy)).toList());
    }

    /** Whether the current key has signed long enough. */
    public boolean isDue(Instant now, TokenPolicy policy) {
        return !now.isBefore(current().since().plus(policy.signingKeyLife()));
    }

    /** Next becomes current, current retires, a fresh one waits, and what is over is dropped. */
    public SigningKeySet rotate(Fresh fresh, Instant now, TokenPolicy policy) {
        List<SigningKey> rotated = successors(fresh, now);
        rotated.add(current().become(Stage.RETIRED, now));
        rotated.addAll(retired());
        return new SigningKeySet(rotated).withoutWhatIsOver(now, policy);
    }

    /** As {@link #rotate}, but nothing that the current key signed is good from now on. */
    public SigningKeySet replaceCurrent(Fresh fresh, Instant now, TokenPolicy policy) {
        List<SigningKey> rotated = successors(fresh, now);
        rotated.addAll(retired());
        return new SigningKeySet(rotated).withoutWhatIsOver(now, policy);
    }

    private List<SigningKey> successors(Fresh fresh, Instant now) {
        List<SigningKey> successors = new ArrayList<>();
        successors.add(only(Stage.NEXT).become(Stage.CURRENT, now));
        successors.add(new SigningKey(fresh.id(), fresh.pair(), Stage.NEXT, now));
        return successors;
    }

    private List<SigningKey> retired() {
        return keys.stream().filter(key -> key.stage() == Stage.RETIRED).toList();
    }

    private static boolean isOver(SigningKey key, Instant now, TokenPolicy policy) {
        return key.stage() == Stage.RETIRED && !key.since().isAfter(policy.horizon(now));
    }

    private SigningKey only(Stage stage) {
        return keys.stream().filter(key -> key.stage() == stage).findFirst().orElseThrow();
    }

    private static long count(List<SigningKey> keys, Stage stage) {
        return keys.stream().filter(key -> key.stage() == stage).count();
    }
}
