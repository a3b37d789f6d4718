package dev.parley.identity.business.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the gateway keeps of the text of an organization's calls. */
public enum PayloadLogging {
    OFF,
    /** Who called which model and what came of it, without text. */
    METADATA,
    /** Text without personal data, secrets and the policy's terms. */
    REDACTED,
    /** Text as it was sent and shown. */
    FULL;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of that spelling. */
    public static Optional<PayloadLogging> parse(String text) {
        return Arrays.stream(values()).filter(mode -> mode.text().equals(text)).findFirst();
    }
}
