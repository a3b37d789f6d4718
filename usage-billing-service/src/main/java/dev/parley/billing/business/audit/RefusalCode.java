package dev.parley.billing.business.audit;

/** Why it was not done: an error's stable code. */
public record RefusalCode(String value) {
    public RefusalCode {
        Words.check(value);
    }
}
