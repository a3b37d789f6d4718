package dev.parley.billing.business.quota;

/** What changed. */
public enum ChangeKind {
    PLAN_CHANGED,
    PRICE_CHANGED,
    SUBSCRIPTION_CHANGED
}
