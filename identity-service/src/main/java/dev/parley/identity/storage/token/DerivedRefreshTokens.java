package dev.parley.identity.storage.token;

import dev.parley.identity.business.token.RefreshToken;
import dev.parley.identity.business.token.RefreshTokens;
import dev.parley.identity.business.token.SessionId;
import dev.parley.identity.storage.account.KeyedHashes;
import dev.parley.platform.id.PublicId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code rt_} session {@code .} generation {@code .} HMAC of both: the same token each time it is
 * written, and nothing in the database that could be used as one.
 */
@ApplicationScoped
class DerivedRefreshTokens implements RefreshTokens {
    private static final String PREFIX = "rt_";
    private static final Pattern FORM =
            Pattern.compile("(rt_[0-9a-f]{32})\\.([1-9][0-9]{0,8})\\.([A-Za-z0-9_-]{43})");

    private final KeyedHashes hashes;

    @Inject
    DerivedRefreshTokens(KeyedHashes hashes) {
        this.hashes = hashes;
    }

    @Override
    public String write(RefreshToken token) {
        String body = PublicId.format(PREFIX, token.session().value()) + "." + token.generation();
        return body + "." + proofOf(body);
    }

    @Override
    public Optional<RefreshToken> read(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String body = parts.group(1) + "." + parts.group(2);
        boolean ours =
                MessageDigest.isEqual(
                        proofOf(body).getBytes(StandardCharsets.US_ASCII),
                        parts.group(3).getBytes(StandardCharsets.US_ASCII));
        return ours
                ? PublicId.parse(PREFIX, parts.group(1))
                        .map(
                                id ->
                                        new RefreshToken(
                                                new SessionId(id),
                                                Integer.parseInt(parts.group(2))))
                : Optional.empty();
    }

    private String proofOf(String body) {
        return hashes.hash(KeyedHashes.Use.REFRESH_TOKEN, body);
    }
}
