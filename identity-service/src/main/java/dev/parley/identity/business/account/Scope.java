package dev.parley.identity.business.account;

import java.util.Arrays;
import java.util.Optional;

/** What a token may be used for, of what its holder's roles allow. */
public enum Scope {
    CHAT("chat"),
    CONVERSATIONS("conversations"),
    INSTRUCTIONS("instructions"),
    USAGE_READ("usage:read"),
    KEYS_MANAGE("keys:manage"),
    USERS_MANAGE("users:manage"),
    POLICIES_MANAGE("policies:manage"),
    MODERATION_REVIEW("moderation:review"),
    AUDIT_READ("audit:read"),
    OPERATE("operate");

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    /** Its spelling in tokens. */
    public String text() {
        return text;
    }

    /** The scope of that spelling. */
    public static Optional<Scope> parse(String text) {
        return Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findFirst();
    }
}
