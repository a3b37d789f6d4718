package dev.parley.identity.storage.account;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 with a key of its own for each use, derived from the installation's key. */
@Singleton
public class KeyedHashes {
    /** What is hashed; a hash of one use says nothing about another. */
    public enum Use {
        ADDRESS,
        EMAIL,
        API_KEY,
        CLIENT_SECRET,
        REFRESH_TOKEN,
        REGISTRATION
    }

    private static final String ALGORITHM = "HmacSHA256";

    private final Map<Use, SecretKeySpec> keys = new EnumMap<>(Use.class);

    @Inject
    KeyedHashes(InstallationKey installationKey) {
        for (Use use : Use.values()) {
            String label = "hash:" + use.name().toLowerCase(Locale.ROOT);
            keys.put(use, new SecretKeySpec(installationKey.derive(label), ALGORITHM));
        }
    }

    /** The hash in base64url, 43 characters. */
    public String hash(Use use, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(keys.get(use));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has " + ALGORITHM, missing);
        }
    }
}
