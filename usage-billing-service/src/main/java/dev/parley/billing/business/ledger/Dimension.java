package dev.parley.billing.business.ledger;

/** What usage is summed up by. */
public enum Dimension {
    USER,
    CONVERSATION,
    API_KEY,
    MODEL
}
