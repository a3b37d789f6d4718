package dev.parley.billing.business.ledger;

/** Why an entry stands in the ledger. */
public enum EntryKind {
    /** A usage record was received. */
    USAGE,
    /** A reservation's lease ended before its usage record came. */
    ESTIMATE,
    /** The usage record of an estimate came after all: the estimate is taken back. */
    REVERSAL
}
