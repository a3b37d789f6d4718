package dev.parley.billing.business.ledger;

import java.util.List;

/** Where charges are announced; they leave if and only if the transaction commits. */
public interface PricedUsages {
    void announce(List<PricedUsage> charges);
}
