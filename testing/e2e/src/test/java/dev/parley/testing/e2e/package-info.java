/**
 * Owns what can only be shown on the whole running stack: official clients, the ledger against the
 * provider, bad input through the edge, killed replicas. It does not own a rule of any service;
 * those have their own tests.
 */
@NullMarked
package dev.parley.testing.e2e;

import org.jspecify.annotations.NullMarked;
