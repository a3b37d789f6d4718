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

    public Optional<SigningKey> find(SigningKeyId id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /** Whether the current key has signed long enough. */
    public boolean isDue(Instant now, TokenPolicy policy) {
        return !now.isBefore(current().since().plus(policy.signingKeyLife()));
    }

    /** Next becomes current, current retires, a fresh one waits, and what is over is dropped. */
    public SigningKeySet rotate(Fresh fresh, Instant now, TokenPolicy policy) {
        List<SigningKey> rotated = new ArrayList<>();
        rotated.add(only(Stage.NEXT).become(Stage.CURRENT, now));
        rotated.add(new SigningKey(fresh.id(), fresh.pair(), Stage.NEXT, now));
        rotated.add(current().become(Stage.RETIRED, now));
        keys.stream()
                .filter(key -> key.stage() == Stage.RETIRED)
                .filter(key -> key.since().isAfter(policy.horizon(now)))
                .forEach(rotated::add);
        return new SigningKeySet(rotated);
    }

    private SigningKey only(Stage stage) {
        return keys.stream().filter(key -> key.stage() == stage).findFirst().orElseThrow();
    }

    private static long count(List<SigningKey> keys, Stage stage) {
        return keys.stream().filter(key -> key.stage() == stage).count();
    }
}
