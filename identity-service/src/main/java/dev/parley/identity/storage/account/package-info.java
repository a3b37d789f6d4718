/**
 * Accounts, organizations and counted arrivals in PostgreSQL, their events in the outbox, and the
 * column's settings. It decides no rule.
 */
@NullMarked
package dev.parley.identity.storage.account;

import org.jspecify.annotations.NullMarked;
