package dev.parley.platform.audit;

import dev.parley.platform.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Who did something, by opaque ids.
 *
 * @param organization whose record it is, {@link #INSTALLATION} when it is no one else's
 * @param subject a person, a guest, a service account or a service; null when nobody is known
 * @param apiKey the key that spoke for the subject, or null
 * @param client the OAuth client or the service that carried the wish, or null
 */
public record AuditActor(
        String organization,
        @Nullable String subject,
        @Nullable String apiKey,
        @Nullable String client) {
    /** The organization of those who run the installation. */
    public static final String INSTALLATION = "org_00000000000070008000000000000002";

    public AuditActor {
        organization = organization.isBlank() ? INSTALLATION : organization;
    }

    /** A verified caller. */
    public static AuditActor of(Caller caller) {
        return new AuditActor(
                caller.organization(), caller.subject(), caller.apiKey(), caller.clientId());
    }

    /** Someone of an organization, known otherwise than by a token. */
    public static AuditActor of(String organization, String subject) {
        return new AuditActor(organization, subject, null, null);
    }

    /** The same, by what carried the wish. */
    AuditActor through(@Nullable String key, @Nullable String carrier) {
        return new AuditActor(organization, subject, key, carrier);
    }

    /** Nobody that is known. */
    public static AuditActor unknown() {
        return new AuditActor(INSTALLATION, null, null, null);
    }
}
