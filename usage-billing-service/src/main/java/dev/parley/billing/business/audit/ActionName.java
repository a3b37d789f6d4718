package dev.parley.billing.business.audit;

/** What was done, such as {@code api_key.revoke}. */
public record ActionName(String value) {
    public ActionName {
        Words.check(value);
    }
}
