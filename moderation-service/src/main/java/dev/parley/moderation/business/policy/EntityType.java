package dev.parley.moderation.business.policy;

/** Kinds of personal data and secrets, named after Presidio's where it has them. */
public enum EntityType {
    PRIVATE_KEY,
    API_KEY,
    IBAN,
    CREDIT_CARD,
    US_SSN,
    EMAIL_ADDRESS,
    IP_ADDRESS,
    PHONE_NUMBER;

    /** What a reader sees in the place of a redacted one. */
    public String mark() {
        return "[redacted:" + name() + "]";
    }
}
