/**
 * Passwords, API keys, clients and attempts in PostgreSQL, Argon2id, and keyed hashes of secrets.
 * It decides no rule.
 */
@NullMarked
package dev.parley.identity.storage.credential;

import org.jspecify.annotations.NullMarked;
