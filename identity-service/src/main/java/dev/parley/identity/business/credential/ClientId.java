package dev.parley.identity.business.credential;

import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code client_id} of an OAuth client. */
public record ClientId(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /** Our own sessions: a public client, without a secret. */
    public static final ClientId FIRST_PARTY = new ClientId("parley");

    public ClientId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a client id");
        }
    }

    /** Empty when the text cannot be one. */
    public static Optional<ClientId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new ClientId(text)) : Optional.empty();
    }
}
