package dev.parley.identity.business.credential;

import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** An API key in clear text: {@code sk-parley-} and 256 random bits in base64url. */
public record ApiKeySecret(String value) {
    private static final String PREFIX = "sk-parley-";
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");

    public ApiKeySecret {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not an API key");
        }
    }

    public static ApiKeySecret generate(RandomGenerator random) {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        return new ApiKeySecret(
                PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** Empty when the text cannot be a key of ours. */
    public static Optional<ApiKeySecret> parse(String text) {
        return FORM.matcher(text).matches()
                ? Optional.of(new ApiKeySecret(text))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "ApiKeySecret[…]";
    }
}
