package dev.parley.identity.business.token;

import java.security.KeyPair;
import java.time.Instant;

/** A key that tokens are, will be or were signed with. */
public record SigningKey(SigningKeyId id, KeyPair pair, Stage stage, Instant since) {
    /** Published before it signs, and as long as something that it signed is good. */
    public enum Stage {
        NEXT,
        CURRENT,
        RETIRED
    }

    SigningKey become(Stage later, Instant now) {
        return new SigningKey(id, pair, later, now);
    }

    @Override
    public String toString() {
        return "SigningKey[" + id.value() + ", " + stage + "]";
    }
}
