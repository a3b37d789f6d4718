/**
 * The append-only entries of what each organization was charged, with their corrections, and the
 * running totals that are derived from them. It does not own limits, nor what was measured.
 */
@NullMarked
package dev.parley.billing.storage.ledger;

import org.jspecify.annotations.NullMarked;
