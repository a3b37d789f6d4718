package dev.parley.identity.business.credential;

import java.util.UUID;

/** The subject that a client stands for when it acts for itself. */
public record ServiceAccountId(UUID value) {
    /** How its public spelling begins. */
    public static final String PREFIX = "svc_";
}
