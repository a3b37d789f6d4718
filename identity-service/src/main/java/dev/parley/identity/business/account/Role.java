package dev.parley.identity.business.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What someone is in an organization, or in the installation. */
public enum Role {
    GUEST,
    USER,
    ADMIN,
    MODERATOR,
    AUDITOR,
    OPERATOR,
    SERVICE;

    /** Its spelling in tokens. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that spelling. */
    public static Optional<Role> parse(String text) {
        return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
    }
}
